"""The plan of a termination: its dates, what it says itself, what ends it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from journeys.contract import TERMS, Contract, Said, without_equipment
from ligneclaire.flow.states import JourneyState, StepState, Turn
from ligneclaire.kernel.calendar import Calendar

FREE = {"amount": "0.00", "currency": "EUR"}
DEPOSIT = {"amount": "49.00", "currency": "EUR"}
INCREASED = {"amount": "73.50", "currency": "EUR"}
PENALTY = {"amount": "300.00", "currency": "EUR"}
EFFECTS = [
    ("number.kept_until", "2026-04-21"),
    ("mailbox.kept_until", "2026-09-12"),
    ("fees.early_termination", FREE),
    ("equipment.to_return", ["box", "tv decoder"]),
    ("equipment.return_how", "prepaid label"),
    ("equipment.return_by", "2026-03-27"),
    ("refund.deposit", DEPOSIT),
]


def left_by_letter() -> Contract:
    """Monday 2 March 2026; contracts says on Thursday that it ends on the 12th."""
    contract = Contract().it_is("2026-03-02 09:00").asks_to_leave()
    contract.it_is("2026-03-03 08:00").is_told("termination.requested")
    return contract.it_is("2026-03-05 10:00").states("contracts", "contract.ends_on", "2026-03-12")


def test_a_letter_is_acknowledged_the_next_working_day_and_every_step_has_a_date() -> None:
    contract = Contract().it_is("2026-03-02 09:00").asks_to_leave()
    contract.look()

    assert contract.steps() == {
        "receive": ("done", "2026-03-02"),
        "acknowledge": ("open", "2026-03-03"),
        "state_end": ("open", "2026-03-09"),
        "run_notice": ("waiting", "2026-03-12"),
        "release_line": ("open", "2026-03-12"),
        "return_equipment": ("waiting", "2026-03-27"),
        "issue_closing_bill": ("waiting", "2026-03-27"),
        "refund_deposit": ("waiting", "2026-04-06"),
        "say_goodbye": ("waiting", "2026-04-07"),
    }
    assert contract.said == []


def test_what_follows_from_the_end_is_said_as_soon_as_contracts_says_the_end() -> None:
    contract = left_by_letter()
    contract.look()

    assert contract.said == [Said("2026-03-05 10:00", key, value) for key, value in EFFECTS]
    assert contract.step("state_end").state is StepState.DONE


def test_when_contracts_is_silent_the_plan_says_the_end_at_the_latest_moment() -> None:
    contract = Contract().it_is("2026-03-02 09:00").asks_to_leave()
    contract.it_is("2026-03-09 08:00")
    before = list(contract.said)
    contract.look()

    assert before == []
    expected = [("contract.ends_on", "2026-03-12"), *EFFECTS]
    assert contract.said == [Said("2026-03-09 08:00", key, value) for key, value in expected]


def test_online_everything_is_said_at_once() -> None:
    contract = Contract().it_is("2026-03-02 09:00").asks_to_leave(by="online")
    contract.look()

    expected = [("contract.ends_on", "2026-03-12"), *EFFECTS]
    assert contract.said == [Said("2026-03-02 09:00", key, value) for key, value in expected]
    assert contract.step("acknowledge").expected_on == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("wished", "ends_on"),
    [
        pytest.param("2026-05-31", "2026-05-31", id="later, as asked"),
        pytest.param("2026-03-05", "2026-03-12", id="earlier, by the notice"),
        pytest.param("2026-02-01", "2026-03-12", id="before the request"),
        pytest.param("soon", "2026-03-12", id="no day"),
        pytest.param("9999-12-31", "2026-03-12", id="no day to count from"),
        pytest.param(None, "2026-03-12", id="nothing"),
    ],
)
def test_the_end_is_as_asked_or_by_the_notice(wished: str | None, ends_on: str) -> None:
    contract = Contract().it_is("2026-03-02 09:00").asks_to_leave(by="online", wished_on=wished)
    contract.look()

    assert contract.has_said("contract.ends_on") == [ends_on]


def test_contracts_prevails_over_what_the_plan_said() -> None:
    contract = Contract().it_is("2026-03-02 09:00").asks_to_leave(by="online")
    contract.it_is("2026-03-03 10:00").states("contracts", "contract.ends_on", "2026-03-20")
    contract.look()

    assert contract.has_said("contract.ends_on") == ["2026-03-12"]
    assert contract.has_said("number.kept_until") == ["2026-04-21", "2026-04-29"]
    assert contract.step("run_notice").expected_on == date(2026, 3, 20)


def test_what_a_department_says_the_plan_leaves_to_it() -> None:
    contract = Contract().it_is("2026-03-02 09:00").asks_to_leave()
    contract.states("equipment", "equipment.return_by", "2026-04-02").states("billing", "refund.deposit", DEPOSIT)
    contract.it_is("2026-03-05 10:00").states("contracts", "contract.ends_on", "2026-03-12")
    contract.look()

    assert [key for _, key, _ in contract.said] == [
        key for key, _ in EFFECTS if key not in {"equipment.return_by", "refund.deposit"}
    ]
    assert contract.step("return_equipment").expected_on == date(2026, 4, 2)


def test_a_committed_customer_is_not_told_that_there_is_no_fee() -> None:
    contract = Contract(terms=replace(TERMS, committed_until=date(2027, 1, 6)))
    contract.it_is("2026-03-02 09:00").asks_to_leave(by="online")
    contract.look()

    assert contract.has_said("fees.early_termination") == []


def test_a_mobile_has_no_mailbox_and_nothing_to_return() -> None:
    contract = Contract(terms=replace(without_equipment(), kind="mobile", deposit=None))
    contract.it_is("2026-03-02 09:00").asks_to_leave(by="online")
    contract.look()

    assert [key for _, key, _ in contract.said] == ["contract.ends_on", "number.kept_until", "fees.early_termination"]
    assert list(contract.steps()) == [
        *("receive", "acknowledge", "state_end", "run_notice", "release_line", "issue_closing_bill", "say_goodbye")
    ]


def test_ter_19_the_deposit_is_due_ten_days_after_the_last_thing_came_back() -> None:
    contract = left_by_letter()
    contract.it_is("2026-03-16 10:00").states("equipment", "equipment.received", ["box"])
    contract.it_is("2026-03-18 10:00").states("equipment", "equipment.received", ["TV-1"])
    contract.look()

    assert contract.has_said("refund.deposit_by") == ["2026-03-28"]
    assert contract.step("refund_deposit").expected_on == date(2026, 3, 28)
    assert contract.step("return_equipment").state is StepState.DONE


def test_ter_19_without_anything_to_return_the_deposit_is_due_from_the_end() -> None:
    contract = Contract(terms=without_equipment()).it_is("2026-03-02 09:00").asks_to_leave(by="online")
    contract.look()

    assert contract.step("refund_deposit").expected_on == date(2026, 3, 22)


def test_ter_20_a_late_deposit_grows_by_half_and_closes_only_when_that_is_paid() -> None:
    contract = left_by_letter()
    contract.it_is("2026-03-16 10:00").states("equipment", "equipment.received", ["box", "tv decoder"])
    contract.it_is("2026-03-27 00:01")
    late = contract.has_said("refund.deposit")
    contract.it_is("2026-03-28 10:00").states("billing", "refund.paid", DEPOSIT)
    contract.look()
    paid_too_little = contract.step("refund_deposit").state
    contract.it_is("2026-03-30 10:00").states("billing", "refund.paid", INCREASED)
    contract.look()

    assert late == [DEPOSIT, INCREASED]
    assert (paid_too_little, contract.step("refund_deposit").state) == (StepState.OPEN, StepState.DONE)


def test_ter_20_a_deposit_paid_in_time_stays_as_it_is_whenever_we_hear_of_it() -> None:
    contract = left_by_letter()
    contract.it_is("2026-03-16 10:00").states("equipment", "equipment.received", ["box", "tv decoder"])
    contract.it_is("2026-03-20 10:00").states("billing", "refund.paid", DEPOSIT)
    contract.it_is("2026-04-10 10:00")

    assert contract.has_said("refund.deposit") == [DEPOSIT]
    assert contract.step("refund_deposit").closed_at == datetime(2026, 3, 20, 10, tzinfo=Calendar().tz)


def test_ter_19_advance_payments_are_due_ten_days_after_the_closing_bill() -> None:
    contract = left_by_letter().states("billing", "refund.advance", {"amount": "12.00", "currency": "EUR"})
    contract.states("billing", "closing_bill.date", "2026-03-20")
    contract.it_is("2026-03-20 10:00").states("billing", "closing_bill.issued", "2026-03-20")
    contract.look()
    open_ = contract.steps()["refund_advance"]
    contract.it_is("2026-03-25 10:00").states("billing", "refund.paid", {"amount": "12.00", "currency": "EUR"})
    contract.look()

    assert open_ == ("open", "2026-03-30")
    assert contract.has_said("refund.advance_by") == ["2026-03-30"]
    assert contract.step("refund_advance").state is StepState.DONE


def test_equipment_is_reminded_of_once_then_formally_then_charged_for_what_is_missing() -> None:
    contract = left_by_letter()
    contract.states("equipment", "equipment.penalty", PENALTY)
    contract.states("equipment", "equipment.days_after_formal_notice", 10)
    contract.it_is("2026-03-16 10:00").states("shop", "equipment.received", ["box"])
    contract.it_is("2026-03-28 08:00")
    reminded = contract.has_said("equipment.missing")
    contract.it_is("2026-03-30 08:00").is_told("equipment.missing")
    contract.it_is("2026-04-20 08:00")
    noticed = contract.has_said("equipment.formal_notice")
    contract.is_told("equipment.formal_notice").it_is("2026-04-23 23:59")
    before = contract.has_said("equipment.charged")
    contract.it_is("2026-04-25 08:00")

    assert reminded == [["tv decoder"]]
    assert noticed == ["2026-04-24"]
    assert before == []
    assert contract.has_said("equipment.charged") == [{"amount": "150.00", "currency": "EUR"}]


def test_a_parcel_that_turns_up_takes_the_charge_back() -> None:
    contract = left_by_letter()
    contract.states("equipment", "equipment.penalty", PENALTY)
    contract.states("equipment", "equipment.days_after_formal_notice", 10)
    contract.it_is("2026-03-30 08:00").is_told("equipment.missing")
    contract.it_is("2026-04-20 08:00").is_told("equipment.formal_notice").it_is("2026-05-04 08:00")
    charged = contract.has_said("equipment.charged")
    contract.states("equipment", "equipment.received", ["box", "tv decoder"]).it_is("2026-05-05 08:00")

    assert charged == [PENALTY]
    assert [said.key for said in contract.said][-2:] == ["refund.deposit_by", "fact.withdrawn"]
    assert contract.step("charge").state is StepState.SPARED


def test_nothing_is_charged_without_a_formal_notice_that_left() -> None:
    contract = left_by_letter().states("equipment", "equipment.penalty", PENALTY)
    contract.states("equipment", "equipment.days_after_formal_notice", 10)
    contract.it_is("2026-07-01 08:00")

    assert contract.has_said("equipment.missing") == [["box", "tv decoder"]]
    assert contract.has_said("equipment.formal_notice") == []
    assert contract.has_said("equipment.charged") == []


def test_a_contested_number_of_days_waits_for_the_owner() -> None:
    contract = left_by_letter().states("equipment", "equipment.penalty", PENALTY)
    contract.states("equipment", "equipment.days_after_formal_notice", 7)
    contract.states("equipment-south-west", "equipment.days_after_formal_notice", 10)
    contract.it_is("2026-03-30 08:00").is_told("equipment.missing").it_is("2026-04-30 08:00")

    assert contract.has_said("equipment.formal_notice") == []


def test_everything_settled_ends_with_a_good_bye() -> None:
    contract = left_by_letter()
    contract.it_is("2026-03-16 10:00").states("equipment", "equipment.received", ["box", "tv decoder"])
    contract.it_is("2026-03-20 10:00").states("billing", "closing_bill.issued", "2026-03-20")
    contract.states("billing", "refund.paid", DEPOSIT).it_is("2026-03-20 10:01")
    said, is_over = contract.has_said("contract.closed"), contract.is_over
    contract.it_is("2026-03-23 08:00").is_told("contract.closed")
    contract.look()

    assert (said, is_over) == ([{}], False)
    assert (contract.journey.state, contract.is_over) == (JourneyState.DONE, True)
    assert [line.turn for line in contract.lines][-2:] == [Turn.CLOSED, Turn.FINISHED]


def test_taken_back_the_plan_is_cancelled_and_a_new_request_begins_another() -> None:
    contract = left_by_letter()
    contract.it_is("2026-03-06 10:00").states("mailroom", "termination.withdrawn", {"received_by": "letter"})
    contract.look()
    cancelled = contract.journey
    contract.it_is("2026-06-01 10:00").asks_to_leave()
    contract.look()

    assert (cancelled.state, {row.state for row in cancelled.steps}) == (
        JourneyState.CANCELLED,
        {StepState.DONE, StepState.CANCELLED, StepState.SPARED},
    )
    assert contract.journey.uuid != cancelled.uuid
    assert contract.step("run_notice").expected_on == date(2026, 6, 11)


def test_por_04_a_port_alone_ends_the_contract_on_its_day() -> None:
    contract = Contract().it_is("2026-03-02 09:00")
    contract.states("third-party-operators", "line.taken_over_by", "other operator", effective="2026-03-05")
    contract.it_is("2026-03-06 00:01")

    assert contract.has_said("contract.ends_on") == ["2026-03-05"]
    assert contract.has_said("number.kept_until") == []
    assert "acknowledge" not in contract.steps()
    assert contract.step("release_line").department == "third-party-operators"
    assert contract.step("release_line").state is StepState.DONE


@pytest.mark.parametrize("event", ["port.failed", "port.cancelled"])
def test_por_07_and_por_11_a_port_that_did_not_happen_brings_the_contract_back(event: str) -> None:
    contract = Contract().it_is("2026-03-02 09:00")
    contract.states("third-party-operators", "line.taken_over_by", "other operator", effective="2026-03-05")
    contract.it_is("2026-03-04 09:00").states("third-party-operators", event, {})
    contract.look()

    assert contract.journey.state is JourneyState.CANCELLED


def test_a_take_over_that_its_source_withdraws_takes_the_plans_words_back() -> None:
    contract = Contract().it_is("2026-03-02 09:00")
    contract.states("third-party-operators", "line.taken_over_by", "other", effective="2026-03-05", as_="t1")
    contract.it_is("2026-03-03 09:00")
    said = len(contract.said)
    contract.takes_back("third-party-operators", "t1").it_is("2026-03-03 10:00")

    assert contract.journey.state is JourneyState.CANCELLED
    assert [key for _, key, _ in contract.said[said:]] == ["fact.withdrawn"] * said


def test_contracts_may_end_what_nobody_asked_to_end() -> None:
    contract = Contract().it_is("2026-03-02 09:00").states("contracts", "contract.ends_on", "2026-05-31")
    contract.look()

    assert contract.step("receive").department == "contracts"
    assert contract.step("run_notice").expected_on == date(2026, 5, 31)
    assert "acknowledge" not in contract.steps()


def test_silence_becomes_work_for_the_owner_before_the_customer_notices() -> None:
    contract = left_by_letter()
    contract.it_is("2026-03-28 00:01")
    late = [row.name for row in contract.journey.steps if row.handed_over_at and row.state is StepState.OPEN]

    assert late == ["return_equipment", "issue_closing_bill"]


def test_what_is_no_business_of_a_plan_begins_none() -> None:
    contract = Contract().it_is("2026-03-02 09:00").states("equipment", "equipment.to_return", ["box"])
    contract.states("contracts", "contract.goes_on", value=True)
    contract.look()

    assert contract.journeys == []


def test_what_is_done_is_done() -> None:
    contract = Contract(terms=replace(without_equipment(), deposit=None)).it_is("2026-03-02 09:00")
    contract.asks_to_leave(by="online").is_told("termination.requested")
    contract.it_is("2026-03-20 10:00").states("billing", "closing_bill.issued", "2026-03-20")
    contract.look()
    contract.it_is("2026-03-23 08:00").is_told("contract.closed")
    contract.look()
    contract.it_is("2026-04-01 08:00").states("contracts", "contract.ends_on", "2026-04-20")
    contract.look()

    assert [journey.state for journey in contract.journeys] == [JourneyState.DONE]


def test_what_fell_with_a_request_is_said_again_where_the_port_goes_on() -> None:
    contract = Contract().it_is("2026-03-02 09:00").asks_to_leave(by="online")
    contract.states("third-party-operators", "line.taken_over_by", "other operator", effective="2026-03-20")
    contract.it_is("2026-03-04 09:00").states("mailroom", "termination.withdrawn", {"received_by": "letter"})
    contract.look()

    assert contract.journey.state is JourneyState.RUNNING
    assert contract.has_said("contract.ends_on") == ["2026-03-12"]
    contract.it_is("2026-03-18 09:00")
    assert contract.has_said("contract.ends_on") == ["2026-03-12", "2026-03-20"]


def test_a_take_back_whose_clock_runs_ahead_does_not_silence_the_plan() -> None:
    contract = Contract().it_is("2026-03-02 09:00")
    contract.states("third-party-operators", "line.taken_over_by", "other operator", effective="2026-03-05")
    contract.states("mailroom", "termination.withdrawn", {"received_by": "letter"})
    contract.heard[-1] = replace(contract.heard[-1], at=contract.heard[-1].at + timedelta(hours=20))
    contract.look()

    assert contract.has_said("contract.ends_on") == ["2026-03-05"]
