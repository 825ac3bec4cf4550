"""A mail server says later that it could not deliver: the owner looks, and what has to arrive goes the next way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pytest_django.fixtures import Settings

import bounces
from bounces import FULL, UNKNOWN, by_postfix
from ligneclaire.cases.actions.receive_mail import Outcome, Received
from ligneclaire.cases.models import UnmatchedMail
from ligneclaire.cases.rules.matching import Matter
from ligneclaire.channels.email.inbound import Envelope
from ligneclaire.channels.models import DeliveryReport, Entry, Message
from ligneclaire.channels.queries import messages, reports
from ligneclaire.channels.states import Channel, Fate
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.people.actions.confirm_email import NoEmail, confirm_email
from ligneclaire.people.models import ContactPoint
from ligneclaire.people.states import ContactKind
from ligneclaire.voice.actions.send_again import AddressInDoubt, send_again
from ligneclaire.voice.actions.take_mail import take_mail
from ligneclaire.voice.dispatch import Attempt, attempt, dispatch
from ligneclaire.voice.queries import day, written
from ligneclaire.voice.queries.day import DayList
from post_office import PostOffice, post_office
from voice.test_by_mail import jobs
from world import World

pytestmark = pytest.mark.django_db
NORA = Actor(ActorKind.ADVISER, "A-1")
HOUR = timedelta(hours=1)


@dataclass
class Sent:
    """An e-mail that has left, and to where its failures come back."""

    uuid: UUID
    case: str
    back: str
    office: PostOffice

    @property
    def name(self) -> str:
        return f"<{self.uuid}@ligneclaire.example>"

    @property
    def row(self) -> Message:
        return Message.objects.get(uuid=self.uuid)

    def comes_back(self, raw: bytes, *, to: str = "", sender: str = "", after: timedelta = HOUR) -> Received:
        envelope = Envelope(sender=sender, recipients=(to or self.back,))
        return take_mail(raw=raw, envelope=envelope, by=SYSTEM, at=self.row.written_at + after)

    def is_found(self, raw: bytes) -> Received:
        """In a mailbox, which knows no envelope."""
        return take_mail(raw=raw, envelope=None, by=SYSTEM, at=self.row.written_at + HOUR)


@pytest.fixture
def sent(settings: Settings, tmp_path: Path) -> Iterator[Sent]:
    """The acknowledgement of a termination, which the law asks for."""
    settings.OUTBOX, settings.REPLY_ADDRESS = tmp_path / "outbox", "reponse@mail.operator.example"
    settings.MAILBOX = tmp_path / "mail"
    with post_office() as office:
        settings.SMTP = office.server
        world = World()
        world.it_is("2015-02-10 09:00")
        world.department("space").passes_on("termination.requested", received_by="online")
        world.voice_decides("2015-02-10 09:01")
        [card] = messages.waiting_to_leave()
        assert dispatch(message=card.uuid, by=SYSTEM, at=card.written_at)
        back = f"reponse+{card.case}@mail.operator.example"
        assert office.accepted[0].mail_from == back
        yield Sent(uuid=card.uuid, case=card.case, back=back, office=office)


def email() -> ContactPoint:
    return ContactPoint.objects.get(customer__number="C-2001", kind=ContactKind.EMAIL)


def nothing_changed(sent: Sent) -> bool:
    row = sent.row
    return (row.state, row.answer, email().doubted_at, messages.replacement_of(sent.uuid)) == ("sent", "", None, None)


@pytest.mark.parametrize("write", bounces.ALL.values(), ids=bounces.ALL)
def test_a_report_that_it_failed_makes_it_work_and_sends_it_the_next_way(
    sent: Sent, write: Callable[..., bytes]
) -> None:
    before = len(jobs())

    received = sent.comes_back(write(sent.name, to=sent.back))

    at = sent.row.written_at + HOUR
    matter = Matter(customer="C-2001", case=sent.case)
    assert received == Received(mail=received.mail, outcome=Outcome.REPORT, matter=matter, lost=sent.uuid)
    row = sent.row
    assert (row.state, row.failing_since, row.sent_at, row.file) == ("undeliverable", at, None, "")
    assert row.answer.startswith("550")
    [letter] = messages.waiting_to_leave()
    assert (letter.channel, letter.instead_of, letter.subject) == ("letter", sent.uuid, row.subject)
    assert [args for args, _ in jobs()[before:]] == [{"message": str(letter.uuid), "tried": 0}]
    [work] = day.one(DayList.UNDELIVERED, "A-1", today=at.date(), limit=10, skip=0).rows
    assert (work.message, work.answer, work.is_mine) == (sent.uuid, row.answer, True)
    point = email()
    assert (point.doubted_at, point.verified, point.changed_by) == (at, False, "system:ligneclaire")
    [report] = reports.of_message(sent.uuid)
    assert (report.mail, report.fate, report.words) == (received.mail, Fate.FAILED, row.answer)
    assert (Entry.objects.count(), UnmatchedMail.objects.count()) == (0, 0)


def test_a_full_mailbox_is_no_wrong_address(sent: Sent) -> None:
    sent.comes_back(by_postfix(sent.name, to=sent.back, words=FULL, status="5.2.2"))

    assert (sent.row.state, sent.row.answer) == ("undeliverable", FULL)
    assert email().doubted_at is None


def test_given_up_after_days_of_trying_it_goes_the_next_way(sent: Sent) -> None:
    silent = "connect to mx.example.org[192.0.2.7]:25: Connection timed out"

    sent.comes_back(by_postfix(sent.name, to=sent.back, words=silent, status="4.4.1"))

    assert (sent.row.state, sent.row.answer) == ("undeliverable", f"4.4.1 {silent}")
    assert messages.replacement_of(sent.uuid) is not None
    assert email().doubted_at is None


def test_that_it_is_late_is_kept_and_changes_nothing(sent: Sent) -> None:
    received = sent.comes_back(bounces.still_trying(sent.name, to=sent.back))

    assert (received.outcome, received.lost) == (Outcome.REPORT, None)
    assert nothing_changed(sent)
    assert [one.fate for one in reports.of_message(sent.uuid)] == [Fate.DELAYED]
    assert UnmatchedMail.objects.count() == 0


def test_the_same_report_twice_and_another_one_change_nothing_more(sent: Sent) -> None:
    raw = by_postfix(sent.name, to=sent.back)
    first = sent.comes_back(raw)
    row, count = sent.row, len(jobs())

    again = sent.comes_back(raw)
    another = sent.comes_back(bounces.by_gmail(sent.name, to=sent.back))

    assert (again.outcome, again.mail, again.lost) == (Outcome.KNOWN, first.mail, None)
    assert (another.outcome, another.lost) == (Outcome.REPORT, None)
    assert (sent.row.failing_since, sent.row.answer, len(jobs())) == (row.failing_since, row.answer, count)
    assert Message.objects.filter(instead_of=sent.uuid).count() == 1
    assert DeliveryReport.objects.count() == 2


@pytest.mark.parametrize(
    "forge",
    [
        pytest.param(lambda sent: (by_postfix(f"<{UUID(int=9)}@x>", to=sent.back), {}), id="of nothing we sent"),
        pytest.param(
            lambda sent: (by_postfix(sent.name, to=sent.back, recipient="other@example.org"), {}),
            id="another recipient",
        ),
        pytest.param(
            lambda sent: (by_postfix(sent.name, to="x@y.example"), {"to": "reponse@mail.operator.example"}),
            id="not back to where it came from",
        ),
        pytest.param(
            lambda sent: (
                by_postfix(sent.name, to="x@y.example"),
                {"to": "reponse+LC-7K2M-9QX4@mail.operator.example"},
            ),
            id="back to another matter",
        ),
        pytest.param(
            lambda sent: (by_postfix(sent.name, to=sent.back), {"to": "reponse@mail.operator.example"}),
            id="said to be back only in its own words",
        ),
        pytest.param(
            lambda sent: (by_postfix(sent.name, to=sent.back), {"after": timedelta(days=10, seconds=1)}),
            id="long after it left",
        ),
        pytest.param(
            lambda sent: (by_postfix(sent.name, to=sent.back), {"sender": "eve@example.com"}), id="by somebody"
        ),
        pytest.param(
            lambda sent: (
                bounces.report(
                    bounces.lines("Final-Recipient: rfc822;lenoir@example.org", "Disposition: manual; displayed"),
                    returned=sent.name,
                    to=sent.back,
                    kind="disposition-notification",
                ),
                {},
            ),
            id="a receipt of having read",
        ),
    ],
)
def test_a_report_that_does_not_fit_changes_nothing_and_a_person_looks(
    sent: Sent, forge: Callable[[Sent], tuple[bytes, dict[str, Any]]]
) -> None:
    raw, way = forge(sent)

    received = sent.comes_back(raw, **way)

    assert (received.outcome, received.lost) == (Outcome.WAITING, None)
    assert nothing_changed(sent)
    assert UnmatchedMail.objects.get().mail.uuid == received.mail
    assert DeliveryReport.objects.count() == 0


def test_a_report_ten_days_after_it_left_is_believed(sent: Sent) -> None:
    assert sent.row.sent_at == sent.row.written_at

    received = sent.comes_back(by_postfix(sent.name, to=sent.back), after=timedelta(days=10))

    assert (received.outcome, sent.row.state) == (Outcome.REPORT, "undeliverable")


@pytest.mark.parametrize("path", ["", "Return-Path: <eve@example.com>\r\n"])
def test_in_a_mailbox_a_report_is_not_believed_without_a_path_that_leads_to_nobody(sent: Sent, path: str) -> None:
    raw = f"{path}Delivered-To: {sent.back}\r\n".encode() + by_postfix(sent.name, to=sent.back)

    assert sent.is_found(raw).outcome is Outcome.WAITING
    assert nothing_changed(sent)


@pytest.mark.parametrize("own", ["", "Delivered-To: care@operator.example\r\n"])
def test_in_a_mailbox_a_report_is_not_believed_because_it_says_itself_where_it_went(sent: Sent, own: str) -> None:
    head = f"Return-Path: <>\r\n{own}"
    forged = f"X-Original-To: {sent.back}\r\nDelivered-To: {sent.back}\r\n" if own else ""

    received = sent.is_found((head + forged).encode() + by_postfix(sent.name, to=sent.back))

    assert received.outcome is Outcome.WAITING
    assert nothing_changed(sent)


@pytest.mark.parametrize("name", ["Delivered-To", "X-Original-To"])
def test_in_a_mailbox_a_report_is_believed_where_its_server_says_so(sent: Sent, name: str) -> None:
    head = f"Return-Path: <>\r\n{name}: {sent.back}\r\n".encode()

    received = sent.is_found(head + by_postfix(sent.name, to="x@y.example"))

    assert (received.outcome, sent.row.state) == (Outcome.REPORT, "undeliverable")


def test_what_need_not_arrive_is_its_owners_work_only(sent: Sent) -> None:
    Message.objects.filter(uuid=sent.uuid).update(is_duty=False)

    sent.comes_back(by_postfix(sent.name, to=sent.back))

    assert (sent.row.state, messages.waiting_to_leave()) == ("undeliverable", ())


def test_a_report_on_a_message_that_waits_again_is_kept_only(sent: Sent) -> None:
    sent.comes_back(by_postfix(sent.name, to=sent.back, words=FULL, status="5.2.2"))
    send_again(message=sent.uuid, by=NORA, at=sent.row.written_at + HOUR)

    late = sent.comes_back(bounces.by_exim(sent.name, to=sent.back))

    assert (late.outcome, late.lost, sent.row.state) == (Outcome.REPORT, None, "queued")
    assert email().doubted_at is None


def test_no_e_mail_goes_to_an_address_in_doubt_until_it_is_confirmed(sent: Sent, settings: Settings) -> None:
    sent.comes_back(by_postfix(sent.name, to=sent.back))
    at = sent.row.written_at + 2 * HOUR
    assert written.channels_of("C-2001", at=at) == (Channel.LETTER, Channel.SMS)
    with pytest.raises(AddressInDoubt):
        send_again(message=sent.uuid, by=NORA, at=at)
    first = (settings.OUTBOX / "email" / f"{sent.uuid}.eml").read_bytes()

    confirm_email(customer="C-2001", email="m.lenoir@example.org", by=NORA, at=at)
    send_again(message=sent.uuid, by=NORA, at=at)
    assert dispatch(message=sent.uuid, by=SYSTEM, at=at)

    point = email()
    assert (point.value, point.verified, point.doubted_at) == ("m.lenoir@example.org", True, None)
    assert point.changed_by == "adviser:A-1"
    assert [envelope.rcpt_tos for envelope in sent.office.accepted] == [
        ["lenoir@example.org"],
        ["m.lenoir@example.org"],
    ]
    assert b"To: m.lenoir@example.org\r\n" in sent.office.mails()[1]
    assert (settings.OUTBOX / "email" / f"{sent.uuid}.eml").read_bytes() == first
    assert sent.row.file == f"email/{sent.uuid}.2.eml"


def test_what_was_queued_for_an_address_in_doubt_does_not_go_there(sent: Sent) -> None:
    Message.objects.filter(uuid=sent.uuid).update(state="queued", sent_at=None, file="", digest="")
    ContactPoint.objects.filter(pk=email().pk).update(doubted_at=sent.row.written_at, verified=False)
    count = len(sent.office.accepted)

    made = attempt(message=sent.uuid, tried=None, by=SYSTEM, at=sent.row.written_at)

    assert made == Attempt(instead=messages.replacement_of(sent.uuid))
    assert (sent.row.state, sent.row.answer, len(sent.office.accepted)) == ("undeliverable", "address in doubt", count)


def test_an_address_that_is_another_by_now_is_not_doubted(sent: Sent) -> None:
    ContactPoint.objects.filter(pk=email().pk).update(value="m.lenoir@example.org")

    sent.comes_back(by_postfix(sent.name, to=sent.back))

    assert (sent.row.state, email().doubted_at) == ("undeliverable", None)


def test_a_server_that_knows_at_once_that_there_is_no_such_mailbox_puts_it_in_doubt_too(sent: Sent) -> None:
    Message.objects.filter(uuid=sent.uuid).update(state="queued", sent_at=None, file="", digest="")
    sent.office.to_recipient = [UNKNOWN]

    attempt(message=sent.uuid, tried=None, by=SYSTEM, at=sent.row.written_at)

    assert email().doubted_at == sent.row.written_at


def test_who_has_no_e_mail_address_confirms_none(sent: Sent) -> None:
    email().delete()

    with pytest.raises(NoEmail):
        confirm_email(customer="C-2001", email="m.lenoir@example.org", by=NORA, at=sent.row.written_at)

    assert not ContactPoint.objects.filter(kind=ContactKind.EMAIL, customer__number="C-2001").exists()
