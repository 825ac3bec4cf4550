"""What stays behind in a message has a date, is told by then or counted as broken, and is never forgotten."""

from __future__ import annotations

from voice.gate import (
    ADSL,
    LETTER,
    changed_from,
    ended,
    heard,
    promised,
    requested,
    settled,
    stated,
    taken_back,
    until,
    withdrawn,
)

DAYS = "equipment.days_after_formal_notice"


def test_a_letter_dates_what_a_leaving_customer_must_know_and_nobody_has_stated() -> None:
    facts = [requested("2015-02-10 09:00"), stated("billing", "closing_bill.amount", MONEY, "2015-02-10 10:00")]

    progress = until("2015-02-13 00:00", *facts, with_equipment=[ADSL])

    assert [message.later for message in heard(progress)] == [
        [],
        [
            ("contract.ends_on", "2015-02-19"),
            ("closing_bill.date", "2015-02-25"),
            ("equipment.return_by", "2015-02-25"),
            ("equipment.return_how", "2015-02-25"),
        ],
    ]


def test_without_equipment_nothing_about_a_return_is_missing() -> None:
    facts = [requested("2015-02-10 09:00"), stated("contracts", "contract.ends_on", "2015-02-20", "2015-02-10 10:00")]

    assert heard(until("2015-02-13 00:00", *facts))[1].later == [("closing_bill.date", "2015-02-25")]


def test_equipment_that_is_asked_back_makes_the_return_missing() -> None:
    facts = [
        requested("2015-02-10 09:00"),
        stated("contracts", "contract.ends_on", "2015-02-20", "2015-02-10 10:00"),
        stated("equipment", "equipment.to_return", ["box"], "2015-02-10 10:00"),
    ]

    assert [key for key, _ in heard(until("2015-02-13 00:00", *facts))[1].later] == [
        "closing_bill.date",
        "equipment.return_by",
        "equipment.return_how",
    ]


def test_a_bill_already_issued_and_equipment_already_back_are_not_missing() -> None:
    facts = [
        requested("2015-02-10 09:00"),
        stated("contracts", "contract.ends_on", "2015-02-20", "2015-02-10 10:00"),
        stated("billing", "closing_bill.issued", "2015-02-10", "2015-02-10 10:00"),
        stated("equipment", "equipment.received", ["box"], "2015-02-10 10:00"),
        stated("equipment", "equipment.return_how", "by post", "2015-02-10 10:00"),
    ]

    assert heard(until("2015-02-13 00:00", *facts, with_equipment=[ADSL]))[1].later == []


def test_what_stays_behind_is_dated_once() -> None:
    facts = [
        requested("2015-02-10 09:00"),
        stated("contracts", "contract.ends_on", "2015-02-20", "2015-02-10 10:00"),
        stated("billing", "refund.deposit", MONEY, "2015-02-13 10:00"),
    ]

    assert [message.later for message in heard(until("2015-02-18 00:00", *facts))] == [
        [],
        [("closing_bill.date", "2015-02-25")],
        [],
    ]


def test_it_is_kept_when_it_is_told_in_time() -> None:
    facts = [
        requested("2015-02-10 09:00"),
        stated("contracts", "contract.ends_on", "2015-02-20", "2015-02-10 10:00"),
        stated("billing", "closing_bill.date", "2015-03-05", "2015-02-16 10:00"),
    ]

    assert ("closing_bill.date", "telling", "2015-02-25", "kept") in promised(until("2015-02-20 00:00", *facts))


def test_it_is_broken_when_the_day_passes_and_dated_again_in_the_next_message() -> None:
    facts = [
        requested("2015-02-10 09:00"),
        stated("contracts", "contract.ends_on", "2015-02-20", "2015-02-10 10:00"),
        stated("billing", "refund.deposit", MONEY, "2015-02-26 10:00"),
    ]

    progress = until("2015-03-04 00:01", *facts)

    assert heard(progress)[2].later == [("closing_bill.date", "2015-03-03")]
    assert [
        state for key, matter, _, state in promised(progress) if (key, matter) == ("closing_bill.date", "telling")
    ] == [
        "broken",
        "broken",
    ]


def test_a_told_value_that_its_source_takes_back_is_missing_again() -> None:
    facts = [
        requested("2015-02-10 09:00"),
        stated("contracts", "contract.ends_on", "2015-02-20", "2015-02-10 10:00"),
        stated("billing", "closing_bill.date", "2015-03-05", "2015-02-10 10:00", name="wrong"),
        withdrawn("wrong", "2015-02-13 10:00", source="billing"),
    ]

    progress = until("2015-02-20 00:00", *facts)

    assert heard(progress)[2] == (
        "2015-02-16 08:00",
        [("closing_bill.date", None)],
        [("closing_bill.date", "2015-02-25")],
    )


def test_a_topic_settled_as_it_was_told_before_it_stayed_behind_is_said_once_more() -> None:
    facts = [
        stated("equipment", DAYS, 7, "2015-02-10 10:00"),
        first := stated("equipment-south-west", DAYS, 10, "2015-02-12 10:00"),
        stated("equipment", "equipment.return_how", "by post", "2015-02-12 10:00"),
        owner := settled(DAYS, [7, 10], 7, "2015-02-24 10:00"),
    ]

    progress = until("2015-03-10 00:00", *facts)

    assert heard(progress) == [
        ("2015-02-12 08:00", [(DAYS, 7)], []),
        ("2015-02-19 08:00", [("equipment.return_how", "by post")], [(DAYS, "2015-02-26")]),
        ("2015-02-25 08:00", [(DAYS, 7)], []),
    ]
    assert changed_from(progress) == [None, None, 7]
    assert ended(progress, first, owner) == [
        "settled against by equipment/" + facts[0].source_id,
        "not for customers our own record",
    ]
    assert promised(progress) == [(DAYS, "telling", "2015-02-26", "kept")]


def test_nothing_of_a_termination_stays_promised_once_the_customer_stays() -> None:
    facts = [
        requested("2015-02-10 09:00"),
        stated("contracts", "contract.ends_on", "2015-02-20", "2015-02-10 10:00"),
        taken_back("2015-02-16 09:00"),
    ]

    progress = until("2015-03-10 00:00", *facts)

    assert heard(progress)[2:] == [
        ("2015-02-17 08:00", [("termination.withdrawn", LETTER), ("contract.ends_on", None)], [])
    ]
    assert promised(progress) == [
        ("contract.ends_on", "value", "2015-02-20", "moved"),
        ("closing_bill.date", "telling", "2015-02-25", "moved"),
    ]


MONEY = {"amount": "49.00", "currency": "EUR"}
