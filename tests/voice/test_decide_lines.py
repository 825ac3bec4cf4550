"""A line that is lost is told at once, what happens anew is told anew, and what is over is not believed any more."""

from __future__ import annotations

from ligneclaire.voice.rules.state import Stated
from voice.gate import ended, heard, promised, stated, until, withdrawn

MOVE = {"to": "3 rue du Four", "date": "2015-03-16"}
SLOT = {"from": "2015-03-05T08:00:00+01:00", "to": "2015-03-05T10:00:00+01:00"}
DONE = {"result": "line works", "pair": "63510-D4-017"}
LATER_SLOT = {"from": "2015-03-09T08:00:00+01:00", "to": "2015-03-09T10:00:00+01:00"}


def planned(key: str, value: object, when: str) -> Stated:
    return stated("journeys", key, value, when)


def asked(when: str, *, source: str = "mailroom", **more: object) -> Stated:
    return stated(source, "move.requested", MOVE | more, when, effective=when[:10])


def left(*facts: Stated, before: str = "2015-06-01 00:00") -> list[tuple[str, list[tuple[str, object]]]]:
    return [(message.at, message.says) for message in heard(until(before, *facts))]


def test_a_lost_line_is_told_at_its_instant_with_all_that_is_known_by_then() -> None:
    facts = [
        asked("2015-03-02 10:30"),
        planned("line.works_on", "2015-03-16", "2015-03-02 10:30"),
        planned("line.lost", "2015-03-02", "2015-03-02 23:28"),
        planned("line.restored_by", "2015-03-04", "2015-03-02 23:28"),
    ]

    assert left(*facts, before="2015-03-03 12:00") == [
        (
            "2015-03-02 23:28",
            [
                ("move.requested", MOVE),
                ("line.lost", "2015-03-02"),
                ("line.restored_by", "2015-03-04"),
                ("line.works_on", "2015-03-16"),
            ],
        )
    ]


def test_what_is_known_after_a_lost_line_settles_as_everything_does() -> None:
    facts = [
        planned("line.lost", "2015-03-02", "2015-03-02 11:28"),
        planned("line.restored_by", "2015-03-04", "2015-03-02 11:29"),
    ]

    assert left(*facts) == [
        ("2015-03-02 11:28", [("line.lost", "2015-03-02")]),
        ("2015-03-04 08:00", [("line.restored_by", "2015-03-04")]),
    ]


def test_a_second_line_lost_and_a_second_move_are_news_and_not_changes() -> None:
    facts = [
        asked("2015-03-02 10:30"),
        asked("2015-03-02 11:00", source="space"),  # the same day, said twice
        asked("2015-05-04 10:30"),
        planned("line.lost", "2015-03-10", "2015-03-10 11:28"),
        planned("line.works", "2015-03-11", "2015-03-11 11:28"),
        planned("line.lost", "2015-05-05", "2015-05-05 11:28"),
    ]

    progress = until("2015-06-01 00:00", *facts)

    assert [(message.at, message.says) for message in heard(progress)] == [
        ("2015-03-03 08:00", [("move.requested", MOVE)]),
        ("2015-03-10 11:28", [("line.lost", "2015-03-10")]),
        ("2015-03-13 08:00", [("line.works", "2015-03-11")]),
        ("2015-05-05 08:00", [("move.requested", MOVE)]),
        ("2015-05-05 11:28", [("line.lost", "2015-05-05")]),
    ]
    assert ended(progress, *facts[:3]) == ["said", "folded", "said"]


def test_of_two_requests_before_anything_left_the_newer_is_said() -> None:
    first, second = asked("2015-03-06 10:30"), asked("2015-03-07 10:30", to="5 rue du Four")

    progress = until("2015-03-20 00:00", first, second)

    assert [(message.at, message.says) for message in heard(progress)] == [
        ("2015-03-09 08:00", [("move.requested", MOVE | {"to": "5 rue du Four"})])
    ]
    assert ended(progress, first, second) == [f"superseded by {second.name}", "said"]


def test_once_the_line_works_no_day_of_it_is_believed_or_told_any_more() -> None:
    facts = [
        planned("line.works_on", "2015-03-16", "2015-03-02 10:30"),
        planned("line.works", "2015-03-12", "2015-03-12 10:30"),
        planned("line.restored_by", "2015-03-18", "2015-03-11 10:30"),  # overtaken before it was told
        planned("line.works_on", "2015-05-20", "2015-05-04 10:30"),  # of another move: no change of the first
    ]

    progress = until("2015-06-01 00:00", *facts)

    assert [(message.at, message.says) for message in heard(progress)] == [
        ("2015-03-04 08:00", [("line.works_on", "2015-03-16")]),
        ("2015-03-16 08:00", [("line.works", "2015-03-12")]),
        ("2015-05-05 08:00", [("line.works_on", "2015-05-20")]),
    ]
    assert [telling.earlier for utterance in progress.utterances for telling in utterance.tellings] == [None] * 3
    assert ended(progress, facts[2]) == [f"superseded by {facts[1].name}"]
    # The proof of the first move proves nothing of the second.
    assert promised(progress) == [
        ("line.works_on", "value", "2015-03-16", "kept"),
        ("line.works_on", "value", "2015-05-20", "unconfirmed"),
    ]


def test_a_false_alarm_is_taken_back_in_words() -> None:
    lost = stated("journeys", "line.lost", "2015-03-02", "2015-03-02 11:28", name="j/001")

    assert left(lost, withdrawn("j/001", "2015-03-02 14:00", source="journeys")) == [
        ("2015-03-02 11:28", [("line.lost", "2015-03-02")]),
        ("2015-03-02 14:00", [("line.lost", None)]),
    ]


def test_a_visit_is_a_promise_that_moves_in_time_and_is_kept_by_its_end() -> None:
    facts = [
        stated("visits", "visit.at", SLOT, "2015-03-02 09:00"),
        stated("visits", "visit.at", LATER_SLOT, "2015-03-03 12:00"),
        stated("visits", "visit.closed", {"result": "line works", "pair": "63510-D4-017"}, "2015-03-09 09:30"),
    ]

    progress = until("2015-03-20 00:00", *facts)

    assert [(message.at, message.says) for message in heard(progress)] == [
        ("2015-03-02 09:00", [("visit.at", SLOT)]),
        ("2015-03-03 12:00", [("visit.at", LATER_SLOT)]),
    ]
    assert promised(progress) == [
        ("visit.at", "value", "2015-03-05", "moved"),
        ("visit.at", "value", "2015-03-09", "kept"),
    ]
    assert ended(progress, facts[2]) == ["not for customers a plan says what follows from it"]


def test_a_repair_and_a_move_of_one_contract_are_two_promises_and_the_end_of_one_says_nothing_of_the_other() -> None:
    facts = [
        stated("visits", "visit.at", LATER_SLOT, "2015-03-02 09:00", name="v1"),
        stated("visits", "visit.repair_at", SLOT, "2015-03-02 10:00"),
        stated("visits", "visit.closed", {**DONE, "purpose": "repair"}, "2015-03-05 09:30"),
        withdrawn("v1", "2015-03-06 09:00", source="visits"),
    ]
    booked, closed = until("2015-03-20 00:00", *facts[:3]), until("2015-03-06 00:00", *facts[:3])

    assert [(message.at, message.says) for message in heard(booked)] == [
        ("2015-03-02 09:00", [("visit.at", LATER_SLOT)]),
        ("2015-03-02 10:00", [("visit.repair_at", SLOT)]),
    ]
    assert promised(closed) == [
        ("visit.at", "value", "2015-03-09", "open"),
        ("visit.repair_at", "value", "2015-03-05", "kept"),
    ]
    assert left(*facts)[2:] == [("2015-03-06 09:00", [("visit.at", None)])]


def test_a_visit_for_a_move_keeps_no_promise_of_a_repair_and_one_without_a_purpose_ends_both() -> None:
    booked = [
        stated("visits", "visit.at", SLOT, "2015-03-02 09:00"),
        stated("visits", "visit.repair_at", SLOT, "2015-03-02 10:00"),
    ]
    of_move = stated("visits", "visit.closed", {**DONE, "purpose": "move"}, "2015-03-05 09:30")
    of_either = stated("visits", "visit.closed", DONE, "2015-03-05 09:30")

    assert [
        [state for *_, state in promised(until("2015-03-06 00:00", *booked, one))] for one in (of_move, of_either)
    ] == [["kept", "open"], ["kept", "kept"]]


def test_the_end_of_an_earlier_visit_keeps_no_later_promise() -> None:
    facts = [
        stated("visits", "visit.closed", {"result": "no access", "none_because": "no access"}, "2015-03-02 08:30"),
        stated("visits", "visit.at", SLOT, "2015-03-02 09:00"),
    ]

    assert promised(until("2015-03-20 00:00", *facts)) == [("visit.at", "value", "2015-03-05", "unconfirmed")]


def test_each_bill_is_told_and_none_is_a_change_of_the_one_before() -> None:
    march = {"period": ["2015-03-01", "2015-03-31"], "amount": {"amount": "48.90", "currency": "EUR"}}
    april = {"period": ["2015-04-01", "2015-04-30"], "amount": {"amount": "48.90", "currency": "EUR"}}
    facts = [
        stated("billing", "bill.issued", march, "2015-04-01 06:00"),
        stated("billing", "bill.issued", april, "2015-05-01 06:00"),
    ]

    assert left(*facts) == [
        ("2015-04-02 08:00", [("bill.issued", march)]),
        ("2015-05-04 08:00", [("bill.issued", april)]),
    ]
