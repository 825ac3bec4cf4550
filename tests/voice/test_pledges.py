"""Every date and amount told is a promise: kept, moved in time, broken, or passed without a word."""

from __future__ import annotations

from voice.gate import promised, requested, stated, taken_back, until

BILL, ISSUED, DEPOSIT, PAID = "closing_bill.date", "closing_bill.issued", "refund.deposit", "refund.paid"
DEPOSIT_BY = "refund.deposit_by"
BY, RETURN, RECEIVED = "equipment.return_by", "equipment.to_return", "equipment.received"


def eur(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "EUR"}


def test_dates_and_amounts_that_commit_us_are_promised_when_they_are_told() -> None:
    facts = [
        stated("billing", BILL, "2015-03-05", "2015-02-10 10:00"),
        stated("billing", DEPOSIT, eur("49.00"), "2015-02-10 10:00"),
        stated("equipment", RETURN, ["box"], "2015-02-10 10:00"),
        stated("equipment", "equipment.days_after_formal_notice", 7, "2015-02-10 10:00"),
        stated("billing", PAID, eur("12.00"), "2015-02-10 10:00"),
    ]

    assert promised(until("2015-02-12 08:00", *facts)) == []
    assert promised(until("2015-02-12 08:01", *facts)) == [
        (BILL, "value", "2015-03-05", "open"),
        (DEPOSIT, "value", None, "open"),
    ]


def test_a_bill_issued_in_time_keeps_the_promise_of_its_date() -> None:
    facts = [
        stated("billing", BILL, "2015-03-05", "2015-02-10 10:00"),
        stated("billing", ISSUED, "2015-03-04", "2015-03-04 10:00"),
    ]

    assert promised(until("2015-03-04 12:00", *facts)) == [(BILL, "value", "2015-03-05", "kept")]


def test_a_bill_issued_too_late_breaks_it_also_after_its_day() -> None:
    facts = [
        stated("billing", BILL, "2015-03-05", "2015-02-10 10:00"),
        stated("billing", ISSUED, "2015-03-09", "2015-03-09 10:00"),
    ]

    assert promised(until("2015-03-06 12:00", *facts)) == [(BILL, "value", "2015-03-05", "unconfirmed")]
    assert promised(until("2015-03-10 00:00", *facts)) == [(BILL, "value", "2015-03-05", "broken")]


def test_a_proof_that_is_learnt_late_counts_by_the_day_on_which_it_happened() -> None:
    facts = [
        stated("billing", BILL, "2015-03-05", "2015-02-10 10:00"),
        stated("billing", ISSUED, "2015-03-05", "2015-03-09 10:00"),
    ]

    assert promised(until("2015-03-10 00:00", *facts)) == [(BILL, "value", "2015-03-05", "kept")]


def test_money_paid_keeps_only_the_amount_that_was_promised() -> None:
    facts = [
        stated("billing", DEPOSIT, eur("49.00"), "2015-02-10 10:00"),
        stated("billing", "refund.advance", eur("12.00"), "2015-02-10 10:00"),
        stated("billing", PAID, eur("49"), "2015-02-20 10:00"),
    ]

    assert promised(until("2015-02-20 12:00", *facts)) == [
        (DEPOSIT, "value", None, "kept"),
        ("refund.advance", "value", None, "open"),
    ]


def test_equipment_is_back_when_all_of_it_is() -> None:
    facts = [
        stated("equipment", RETURN, ["box", "TV decoder"], "2015-02-10 10:00"),
        stated("equipment", BY, "2015-02-25", "2015-02-10 10:00"),
        stated("equipment", RECEIVED, ["BOX"], "2015-02-20 10:00"),
        stated("equipment-south-west", RECEIVED, ["tv decoder"], "2015-02-23 10:00"),
    ]

    assert promised(until("2015-02-21 00:00", *facts)) == [(BY, "value", "2015-02-25", "open")]
    assert promised(until("2015-02-24 00:00", *facts)) == [(BY, "value", "2015-02-25", "kept")]


def test_equipment_that_came_back_after_its_day_breaks_the_promise() -> None:
    facts = [
        stated("equipment", BY, "2015-02-25", "2015-02-10 10:00"),
        stated("equipment", RECEIVED, ["box"], "2015-02-26 10:00"),
    ]

    assert promised(until("2015-02-27 00:00", *facts)) == [(BY, "value", "2015-02-25", "broken")]


def test_a_date_told_anew_in_time_moves_the_promise_and_too_late_breaks_it() -> None:
    facts = [
        stated("billing", BILL, "2015-03-05", "2015-02-10 10:00"),
        stated("billing", BILL, "2015-03-12", "2015-03-02 10:00"),
        stated("billing", BILL, "2015-03-20", "2015-03-13 10:00"),
    ]

    assert promised(until("2015-03-20 00:00", *facts)) == [
        (BILL, "value", "2015-03-05", "moved"),
        (BILL, "value", "2015-03-12", "broken"),
        (BILL, "value", "2015-03-20", "open"),
    ]


def test_a_day_that_passes_without_evidence_is_work_for_the_owner_and_no_message() -> None:
    progress = until("2015-04-01 00:00", stated("contracts", "contract.ends_on", "2015-02-20", "2015-02-10 10:00"))

    assert promised(progress) == [("contract.ends_on", "value", "2015-02-20", "unconfirmed")]
    assert len(progress.utterances) == 1


def test_promises_of_another_contract_are_left_alone() -> None:
    facts = [
        stated("billing", BILL, "2015-03-05", "2015-02-10 10:00"),
        stated("billing", ISSUED, "2015-03-04", "2015-02-20 10:00", about="contract:K-2"),
        stated("billing", BILL, "2015-03-09", "2015-02-20 10:00", about="contract:K-2"),
    ]

    assert promised(until("2015-02-26 00:00", *facts)) == [
        (BILL, "value", "2015-03-05", "open"),
        (BILL, "value", "2015-03-09", "kept"),
    ]


def test_what_we_promised_of_a_termination_moves_when_the_customer_stays() -> None:
    facts = [
        requested("2015-02-10 09:00"),
        stated("billing", BILL, "2015-03-05", "2015-02-10 10:00"),
        stated("contracts", "contract.ends_on", "2015-02-20", "2015-02-10 10:00"),
        taken_back("2015-02-16 09:00"),
    ]

    assert promised(until("2015-03-10 00:00", *facts)) == [
        ("contract.ends_on", "value", "2015-02-20", "moved"),
        (BILL, "value", "2015-03-05", "moved"),
    ]


def test_a_date_that_was_over_when_it_was_told_is_unconfirmed_at_once() -> None:
    bill = stated("billing", BILL, "2015-02-06", "2015-02-10 09:00")

    assert promised(until("2015-02-12 08:01", bill)) == [(BILL, "value", "2015-02-06", "unconfirmed")]


def test_a_date_told_together_with_its_proof_is_kept_at_once() -> None:
    facts = [
        stated("billing", BILL, "2015-02-06", "2015-02-10 09:00"),
        stated("billing", ISSUED, "2015-02-06", "2015-02-10 09:00"),
    ]

    assert promised(until("2015-02-12 08:01", *facts)) == [(BILL, "value", "2015-02-06", "kept")]


def test_a_refund_in_time_keeps_the_amount_and_the_day() -> None:
    facts = [
        stated("journeys", DEPOSIT, eur("49.00"), "2015-02-10 10:00"),
        stated("journeys", DEPOSIT_BY, "2015-03-16", "2015-02-10 10:00"),
        stated("billing", PAID, eur("49"), "2015-03-13 10:00"),
    ]

    assert promised(until("2015-03-20 00:00", *facts)) == [
        (DEPOSIT, "value", None, "kept"),
        (DEPOSIT_BY, "value", "2015-03-16", "kept"),
    ]


def test_another_amount_does_not_keep_the_day_of_a_refund() -> None:
    facts = [
        stated("journeys", DEPOSIT, eur("49.00"), "2015-02-10 10:00"),
        stated("journeys", DEPOSIT_BY, "2015-03-16", "2015-02-10 10:00"),
        stated("billing", PAID, eur("12.00"), "2015-03-13 10:00"),
    ]

    assert promised(until("2015-03-20 00:00", *facts)) == [
        (DEPOSIT, "value", None, "open"),
        (DEPOSIT_BY, "value", "2015-03-16", "unconfirmed"),
    ]


def test_a_refund_too_late_breaks_its_day() -> None:
    facts = [
        stated("journeys", DEPOSIT, eur("49.00"), "2015-02-10 10:00"),
        stated("journeys", DEPOSIT_BY, "2015-03-16", "2015-02-10 10:00"),
        stated("billing", PAID, eur("49.00"), "2015-03-18 10:00"),
    ]

    assert promised(until("2015-03-20 00:00", *facts)) == [
        (DEPOSIT, "value", None, "kept"),
        (DEPOSIT_BY, "value", "2015-03-16", "broken"),
    ]


def test_a_day_without_an_amount_is_kept_by_any_payment() -> None:
    facts = [
        stated("journeys", "refund.advance_by", "2015-03-16", "2015-02-10 10:00"),
        stated("billing", PAID, eur("12.00"), "2015-03-13 10:00"),
    ]

    assert promised(until("2015-03-20 00:00", *facts)) == [("refund.advance_by", "value", "2015-03-16", "kept")]


def test_the_last_day_of_a_formal_notice_is_kept_by_the_equipment_that_comes_back() -> None:
    facts = [
        stated("equipment", RETURN, ["box", "tv decoder"], "2015-02-10 10:00"),
        stated("journeys", "equipment.formal_notice", "2015-03-16", "2015-02-10 10:00"),
        stated("equipment", RECEIVED, ["box"], "2015-03-10 10:00"),
    ]
    rest = stated("equipment", RECEIVED, ["box", "tv decoder"], "2015-03-12 10:00")

    assert promised(until("2015-03-15 00:00", *facts)) == [
        ("equipment.formal_notice", "value", "2015-03-16", "open"),
    ]
    assert promised(until("2015-03-15 00:00", *facts, rest)) == [
        ("equipment.formal_notice", "value", "2015-03-16", "kept"),
    ]
