"""Delivery reports are read by what they say of each recipient; anything else is none."""

from __future__ import annotations

from email import message_from_bytes

import pytest

import bounces
from bounces import FULL, UNKNOWN, failed, lines, report
from incoming import an_email
from ligneclaire.channels.email.inbound import Envelope, read
from ligneclaire.channels.email.reports import Reported, names_bad_address, reported
from ligneclaire.channels.states import Fate

NAME = "<00000000-0000-0000-0000-000000000007@ligneclaire.example>"
NOBODY = Envelope(sender="<>", recipients=())


def found(raw: bytes) -> tuple[Reported, ...]:
    return reported(message_from_bytes(raw))


def test_each_recipient_is_read_with_what_became_of_them() -> None:
    delivered, failing = found(bounces.by_sendmail(NAME, to="x@y.example"))

    assert (delivered.addresses, delivered.fate, delivered.words) == (
        frozenset({"other@example.org"}),
        Fate.DELIVERED,
        "2.1.5",
    )
    assert (failing.addresses, failing.fate) == (frozenset({"lenoir@example.org"}), Fate.FAILED)
    assert failing.words == "550 #5.1.0 Address rejected."
    assert (names_bad_address(failing.words), names_bad_address(delivered.words)) == (True, False)


def test_words_on_several_lines_are_one_and_both_names_of_a_recipient_count() -> None:
    [gmail] = found(bounces.by_gmail(NAME, to="x@y.example"))
    [exchange] = found(bounces.by_exchange(NAME, to="x@y.example"))

    assert gmail.words.startswith(
        "550-5.1.1 The email account that you tried to reach does not exist. Please try 550-5.1.1"
    )
    assert exchange.addresses == {"lenoir@example.org"}


@pytest.mark.parametrize(
    "group",
    [
        lines("Final-Recipient: rfc822; lenoir@example.org", "Status: 5.1.1"),
        lines("Final-Recipient: rfc822; lenoir@example.org", "Action: eaten"),
        lines("Action: failed", "Status: 5.1.1"),
        lines("Final-Recipient:", "Action: failed"),
    ],
)
def test_a_group_without_recipient_or_fate_says_nothing(group: str) -> None:
    assert found(report(group, returned=NAME)) == ()


def test_what_is_no_report_or_says_nothing_reports_nothing() -> None:
    torn = b"Content-Type: multipart/report; boundary=x\r\n\r\n--x\r\nContent-Type: message/delivery-status\r\n"

    assert found(an_email()) == ()
    assert found(torn) == ()
    assert found(torn + b"Content-Transfer-Encoding: base64\r\n\r\n!!!!\r\n--x--\r\n") == ()


def test_not_more_are_read_than_anybody_writes() -> None:
    assert len(found(report(*[failed(f"{number}@example.org") for number in range(60)], returned=NAME))) == 50


def test_only_what_is_said_to_be_from_nobody_is_a_report() -> None:
    raw = bounces.by_postfix(NAME, to="x@y.example")
    nobodys, theirs = b"Return-Path: <>\r\n" + raw, b"Return-Path: <eve@example.com>\r\n" + raw

    assert len(read(raw, envelope=NOBODY).reported) == len(read(nobodys).reported) == 1
    assert read(nobodys, envelope=Envelope(sender="eve@example.com", recipients=())).reported == ()
    assert (read(raw).reported, read(theirs).reported) == ((), ())


@pytest.mark.parametrize(
    ("words", "is_bad"),
    [
        (UNKNOWN, True),
        ("550-5.1.1 does not exist", True),
        ("550 #5.1.0 Address rejected.", True),
        ("550 5.1.10 RESOLVER.ADR.RecipientNotFound", True),
        ("550 5.2.1 The mailbox is disabled", True),
        ("5.1.2 Host or domain name not found", True),
        (FULL, False),
        ("550 5.7.1 refused by policy: see 5.1.1 of our rules", False),
        ("451 4.3.0 later", False),
        ("4.4.1 Connection timed out", False),
        ("550 no such user", False),
        ("address in doubt", False),
        ("", False),
    ],
)
def test_only_words_about_the_address_say_that_it_is_wrong(words: str, *, is_bad: bool) -> None:
    assert names_bad_address(words) is is_bad
