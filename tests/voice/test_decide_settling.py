"""News leaves a working day after the last word on its subject, together, and never too late."""

from __future__ import annotations

from ligneclaire.voice.rules.state import Stated
from voice.gate import ADSL, LETTER, MOBILE, changed_from, heard, requested, settled, stated, until, withdrawn

DAYS = "equipment.days_after_formal_notice"
MONEY = {"amount": "49.00", "currency": "EUR"}


def left(*facts: Stated, before: str) -> list[tuple[str, list[str]]]:
    return [(message.at, [key for key, _ in message.says]) for message in heard(until(before, *facts))]


def test_news_settles_for_24_hours_and_leaves_at_the_next_dispatch() -> None:
    fact = stated("billing", "refund.deposit", MONEY, "2015-02-10 09:00")

    assert left(fact, before="2015-02-12 08:00") == []
    assert left(fact, before="2015-02-12 08:01") == [("2015-02-12 08:00", ["refund.deposit"])]


def test_a_last_word_on_the_subject_makes_all_its_news_wait_and_travel_together() -> None:
    facts = [
        stated("billing", "refund.deposit", MONEY, "2015-02-10 09:00"),
        stated("third-party-operators", "support.for_line", "other operator", "2015-02-11 10:00"),
    ]

    assert left(*facts, before="2015-02-20 00:00") == [("2015-02-13 08:00", ["support.for_line", "refund.deposit"])]


def test_another_subject_travels_on_its_own() -> None:
    facts = [
        stated("billing", "refund.deposit", MONEY, "2015-02-10 09:00"),
        stated("billing", "refund.deposit", MONEY, "2015-02-11 10:00", about=MOBILE),
    ]

    progress = until("2015-02-20 00:00", *facts)

    assert [
        (message.at, utterance.subject) for message, utterance in zip(heard(progress), progress.utterances, strict=True)
    ] == [
        ("2015-02-12 08:00", ADSL),
        ("2015-02-13 08:00", MOBILE),
    ]


def test_weekends_and_holidays_carry_no_dispatch() -> None:
    good_friday = stated("billing", "refund.deposit", MONEY, "2015-04-03 09:00")

    assert left(good_friday, before="2015-04-10 00:00") == [("2015-04-07 08:00", ["refund.deposit"])]


def test_news_leaves_three_working_days_before_the_service_ends_without_settling() -> None:
    facts = [
        stated("contracts", "contract.ends_on", "2015-02-20", "2015-02-10 10:00"),
        stated("billing", "refund.deposit", MONEY, "2015-02-12 10:00"),
        stated("billing", "refund.advance", MONEY, "2015-02-16 10:00"),
    ]

    assert left(*facts, before="2015-02-20 00:00") == [
        ("2015-02-12 08:00", ["contract.ends_on"]),
        ("2015-02-16 08:00", ["refund.deposit"]),
        ("2015-02-17 08:00", ["refund.advance"]),
    ]


def test_the_end_follows_from_the_request_where_nobody_states_it() -> None:
    facts = [
        requested("2015-02-10 09:00"),
        stated("equipment", DAYS, 7, "2015-02-11 10:00"),
        stated("equipment-south-west", DAYS, 10, "2015-02-11 10:00"),
        stated("billing", "closing_bill.date", "2015-03-05", "2015-02-11 10:00"),
    ]

    # Ten days of notice end on the 20th.
    assert left(*facts, before="2015-02-20 00:00")[1:] == [("2015-02-17 08:00", ["closing_bill.date"])]


def test_a_later_day_that_the_customer_wished_for_moves_the_end() -> None:
    facts = [
        requested("2015-02-10 09:00", by={"received_by": "letter", "wished_on": "2015-03-06"}),
        stated("equipment", DAYS, 7, "2015-02-11 10:00"),
        stated("equipment-south-west", DAYS, 10, "2015-02-11 10:00"),
        stated("billing", "closing_bill.date", "2015-03-20", "2015-02-11 10:00"),
    ]

    assert left(*facts, before="2015-03-06 00:00")[1:] == [("2015-03-03 08:00", ["closing_bill.date"])]


def test_a_wish_that_is_no_day_or_too_early_is_no_wish() -> None:
    for wish in ("soon", 3, "2015-02-12"):
        facts = [
            requested("2015-02-10 09:00", by={"received_by": "letter", "wished_on": wish}),
            stated("equipment", DAYS, 7, "2015-02-11 10:00"),
            stated("equipment-south-west", DAYS, 10, "2015-02-11 10:00"),
            stated("billing", "closing_bill.date", "2015-03-05", "2015-02-11 10:00"),
        ]

        assert left(*facts, before="2015-02-20 00:00")[1:] == [("2015-02-17 08:00", ["closing_bill.date"])]


def test_a_line_taken_over_ends_where_nothing_else_says_so() -> None:
    facts = [
        stated("third-party-operators", "line.taken_over_by", "other", "2015-02-11 10:00", effective="2015-02-18"),
        stated("equipment", DAYS, 7, "2015-02-11 10:00"),
        stated("equipment-south-west", DAYS, 10, "2015-02-11 10:00"),
    ]

    assert left(*facts, before="2015-02-20 00:00") == [("2015-02-13 08:00", ["line.taken_over_by"])]


def test_of_two_contested_ends_the_earlier_one_counts() -> None:
    facts = [
        stated("marketing", "contract.ends_on", "2015-03-20", "2015-02-10 10:00"),
        stated("billing", "contract.ends_on", "2015-02-20", "2015-02-10 10:00"),
        stated("billing", "refund.deposit", MONEY, "2015-02-10 10:00"),
    ]

    assert left(*facts, before="2015-02-20 00:00") == [("2015-02-17 08:00", ["refund.deposit"])]


def test_a_told_date_that_moves_is_told_before_the_old_date() -> None:
    facts = [
        stated("billing", "closing_bill.date", "2015-03-05", "2015-02-10 10:00"),
        stated("billing", "closing_bill.date", "2015-03-12", "2015-03-03 10:00"),
    ]

    progress = until("2015-03-10 00:00", *facts)

    assert heard(progress)[1] == ("2015-03-04 08:00", [("closing_bill.date", "2015-03-12")], [])
    assert changed_from(progress) == [None, "2015-03-05"]


def test_a_told_date_that_is_taken_back_is_said_before_that_date() -> None:
    facts = [
        stated("billing", "closing_bill.date", "2015-03-05", "2015-02-10 10:00", name="wrong"),
        withdrawn("wrong", "2015-03-03 10:00", source="billing"),
    ]

    assert left(*facts, before="2015-03-10 00:00")[1:] == [("2015-03-04 08:00", ["closing_bill.date"])]


def test_news_after_the_end_settles_as_news_without_an_end() -> None:
    facts = [
        stated("contracts", "contract.ends_on", "2015-02-20", "2015-02-10 10:00"),
        stated("billing", "refund.deposit", MONEY, "2015-03-10 10:00"),
    ]

    assert left(*facts, before="2015-03-20 00:00")[1:] == [("2015-03-12 08:00", ["refund.deposit"])]


def test_contested_news_without_an_end_holds_the_others_five_working_days() -> None:
    facts = [
        stated("equipment", DAYS, 7, "2015-02-10 10:00"),
        stated("equipment-south-west", DAYS, 10, "2015-02-10 10:00"),
        stated("equipment", "equipment.return_how", "by post", "2015-02-10 10:00"),
    ]

    assert heard(until("2015-02-20 00:00", *facts)) == [
        ("2015-02-17 08:00", [("equipment.return_how", "by post")], [(DAYS, "2015-02-24")])
    ]


def test_once_settled_it_leaves_with_the_others_at_the_next_dispatch() -> None:
    facts = [
        stated("equipment", DAYS, 7, "2015-02-10 10:00"),
        stated("equipment-south-west", DAYS, 10, "2015-02-10 10:00"),
        stated("equipment", "equipment.return_how", "by post", "2015-02-10 10:00"),
        settled(DAYS, [7, 10], 10, "2015-02-12 10:00"),
    ]

    assert heard(until("2015-02-20 00:00", *facts)) == [
        ("2015-02-13 08:00", [("equipment.return_how", "by post"), (DAYS, 10)], [])
    ]


def test_a_source_that_repeats_itself_every_night_delays_nothing_beyond_five_working_days() -> None:
    nights = [stated("billing", "refund.deposit", MONEY, f"2015-02-{day:02} 02:00") for day in range(10, 28)]

    assert left(*nights, before="2015-02-28 00:00") == [("2015-02-17 08:00", ["refund.deposit"])]


def test_a_source_that_changes_its_mind_every_night_is_heard_after_five_working_days() -> None:
    nights = [
        stated("billing", "refund.deposit", {"amount": f"{day}.00", "currency": "EUR"}, f"2015-02-{day:02} 02:00")
        for day in range(10, 21)
    ]

    assert left(*nights, before="2015-02-21 00:00") == [("2015-02-17 08:00", ["refund.deposit"])]


def test_a_repeat_of_what_was_told_does_not_hurry_what_changes_later() -> None:
    facts = [
        stated("billing", "refund.deposit", MONEY, "2015-02-10 10:00"),
        stated("billing", "refund.deposit", MONEY, "2015-02-17 10:00"),
        stated("billing", "refund.deposit", MONEY | {"amount": "50.00"}, "2015-03-17 10:00"),
    ]

    assert [at for at, _ in left(*facts, before="2015-04-01 00:00")] == ["2015-02-12 08:00", "2015-03-19 08:00"]


def test_nothing_is_decided_where_nothing_is_known() -> None:
    progress = until("2015-02-20 00:00")

    assert (progress.moving, progress.utterances, progress.holds, progress.contradictions) == (None, (), (), ())


def test_a_receipt_does_not_wait_for_what_settles() -> None:
    facts = [requested("2015-02-10 09:00"), stated("billing", "refund.deposit", MONEY, "2015-02-10 10:00")]

    assert heard(until("2015-02-11 09:00", *facts)) == [("2015-02-11 08:00", [("termination.requested", LETTER)], [])]
