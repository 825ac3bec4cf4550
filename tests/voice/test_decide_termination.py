"""A request is acknowledged before anything else; a customer who stays after all is told what no longer holds."""

from __future__ import annotations

from ligneclaire.voice.rules.state import Stated
from voice.gate import (
    LETTER,
    ONLINE,
    changed_from,
    ended,
    heard,
    promised,
    requested,
    stated,
    taken_back,
    until,
    withdrawn,
)

REQUESTED, WITHDRAWN = "termination.requested", "termination.withdrawn"


def left(*facts: Stated, before: str = "2015-03-10 00:00") -> list[tuple[str, list[tuple[str, object]]]]:
    return [(message.at, message.says) for message in heard(until(before, *facts))]


def test_a_request_by_letter_gets_a_receipt_at_the_next_dispatch_without_any_date() -> None:
    progress = until("2015-02-12 00:00", requested("2015-02-10 09:12"))

    assert heard(progress) == [("2015-02-11 08:00", [(REQUESTED, LETTER)], [])]
    assert promised(progress) == []
    assert [utterance.received_by for utterance in progress.utterances] == ["letter"]


def test_a_request_online_is_confirmed_at_once() -> None:
    assert left(requested("2015-02-14 23:12", by=ONLINE)) == [("2015-02-14 23:12", [(REQUESTED, ONLINE)])]


def test_a_request_that_says_not_how_it_came_is_acknowledged_like_a_letter() -> None:
    progress = until("2015-02-12 00:00", requested("2015-02-10 09:12", by={}))

    assert heard(progress) == [("2015-02-11 08:00", [(REQUESTED, {})], [])]
    assert [utterance.received_by for utterance in progress.utterances] == [""]


def test_the_same_request_by_a_second_way_is_acknowledged_once() -> None:
    letter, call = requested("2015-02-10 09:12"), requested("2015-02-12 09:12", by={"received_by": "phone"})

    progress = until("2015-02-16 00:00", letter, call)

    assert [message.at for message in heard(progress)] == ["2015-02-11 08:00"]
    assert ended(progress, letter, call) == ["said", "folded told already"]


def test_two_requests_before_the_receipt_are_acknowledged_together() -> None:
    letter, call = requested("2015-02-10 09:12"), requested("2015-02-10 10:12", by={"received_by": "phone"})

    progress = until("2015-02-16 00:00", letter, call)

    assert heard(progress) == [("2015-02-11 08:00", [(REQUESTED, LETTER)], [])]
    assert ended(progress, letter, call) == ["said", "folded"]


def test_a_customer_who_stays_is_told_so_with_everything_that_no_longer_holds() -> None:
    facts = [
        requested("2015-02-10 09:00"),
        stated("contracts", "contract.ends_on", "2015-02-20", "2015-02-10 10:00"),
        taken_back("2015-02-13 09:00"),
    ]

    progress = until("2015-03-10 00:00", *facts)

    assert heard(progress)[2:] == [("2015-02-16 08:00", [(WITHDRAWN, LETTER), ("contract.ends_on", None)], [])]
    assert changed_from(progress) == [None, None, None, "2015-02-20"]


def test_a_customer_who_stays_online_is_told_all_of_it_at_once() -> None:
    facts = [
        requested("2015-02-10 09:00"),
        stated("contracts", "contract.ends_on", "2015-02-20", "2015-02-10 10:00"),
        taken_back("2015-02-13 09:00", by=ONLINE),
    ]

    assert left(*facts)[2:] == [("2015-02-13 09:00", [(WITHDRAWN, ONLINE), ("contract.ends_on", None)])]


def test_a_request_taken_back_before_its_receipt_is_confirmed_as_taken_back_only() -> None:
    ask, stay = requested("2015-02-10 09:00"), taken_back("2015-02-10 10:00")

    progress = until("2015-02-16 00:00", ask, stay)

    assert heard(progress) == [("2015-02-11 08:00", [(WITHDRAWN, LETTER)], [])]
    assert ended(progress, ask, stay) == [f"superseded by {stay.name}", "said"]


def test_a_termination_asked_for_again_is_acknowledged_again() -> None:
    facts = [requested("2015-02-10 09:00"), taken_back("2015-02-12 09:00"), requested("2015-02-16 09:00")]

    assert left(*facts) == [
        ("2015-02-11 08:00", [(REQUESTED, LETTER)]),
        ("2015-02-13 08:00", [(WITHDRAWN, LETTER)]),
        ("2015-02-17 08:00", [(REQUESTED, LETTER)]),
    ]


def test_what_departments_state_after_the_second_request_belongs_to_it() -> None:
    old = stated("contracts", "contract.ends_on", "2015-02-20", "2015-02-10 10:00")
    new = stated("contracts", "contract.ends_on", "2015-03-20", "2015-02-16 10:00")
    facts = [requested("2015-02-10 09:00"), old, taken_back("2015-02-10 11:00"), requested("2015-02-16 09:00"), new]

    progress = until("2015-03-01 00:00", *facts)

    assert heard(progress)[-1].says == [("contract.ends_on", "2015-03-20")]
    assert ended(progress, old, new) == [f"superseded by {facts[2].name}", "said"]


def test_a_request_that_the_mailroom_had_misread_is_said_to_be_void() -> None:
    ask = requested("2015-02-10 09:00", name="misread")
    back = withdrawn("misread", "2015-02-13 09:00", source="mailroom")

    progress = until("2015-03-01 00:00", ask, back)

    assert heard(progress) == [
        ("2015-02-11 08:00", [(REQUESTED, LETTER)], []),
        ("2015-02-16 08:00", [(REQUESTED, None)], []),
    ]
    assert changed_from(progress) == [None, LETTER]


def test_a_customer_who_stays_and_is_misread_leaves_after_all() -> None:
    facts = [
        requested("2015-02-10 09:00"),
        taken_back("2015-02-12 09:00", name="misread"),
        withdrawn("misread", "2015-02-16 09:00", source="mailroom"),
    ]

    assert left(*facts)[2:] == [("2015-02-17 08:00", [(REQUESTED, LETTER)])]


def test_a_customer_who_never_left_and_is_misread_to_stay_is_told_that_this_was_void() -> None:
    facts = [
        taken_back("2015-02-12 09:00", name="misread"),
        withdrawn("misread", "2015-02-16 09:00", source="mailroom"),
    ]

    assert left(*facts) == [("2015-02-13 08:00", [(WITHDRAWN, LETTER)]), ("2015-02-17 08:00", [(WITHDRAWN, None)])]


def test_another_contract_of_the_household_is_left_alone() -> None:
    facts = [
        stated("contracts", "contract.ends_on", "2015-03-20", "2015-02-10 10:00", about="contract:K-MOB-2"),
        requested("2015-02-10 09:00"),
        taken_back("2015-02-12 09:00"),
    ]

    progress = until("2015-03-10 00:00", *facts)

    assert [(message.at, message.says) for message in heard(progress)] == [
        ("2015-02-11 08:00", [(REQUESTED, LETTER)]),
        ("2015-02-12 08:00", [("contract.ends_on", "2015-03-20")]),
        ("2015-02-13 08:00", [(WITHDRAWN, LETTER)]),
    ]
