"""A line moves, is new, or breaks: the old one stays until the new one works, and every day told is kept or moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from journeys.contract import TERMS, Contract
from journeys.moving import MOVE, OLD_WORKS, SLOT, WORKS, alarms, asks_to_move
from ligneclaire.contracts.rules.repair import Level
from ligneclaire.flow.states import JourneyState

# --- moving


def test_a_move_has_a_date_for_every_step_from_its_first_moment() -> None:
    contract = asks_to_move().it_is("2026-03-02 10:31")

    assert contract.steps() == {
        "receive": ("done", "2026-03-02"),
        "acknowledge": ("open", "2026-03-03"),
        "agree_visit": ("open", "2026-03-04"),
        "build_line": ("waiting", "2026-03-16"),
        "prove_line": ("waiting", "2026-03-16"),
        "cut_old_line": ("waiting", "2026-03-17"),
        "carry_over": ("waiting", "2026-03-17"),
        "say_it_works": ("waiting", "2026-03-17"),
    }
    assert contract.said == [("2026-03-02 10:30", "line.works_on", "2026-03-16")]


def test_make_before_break_the_old_line_is_cut_after_the_new_one_is_proven() -> None:
    contract = asks_to_move().it_is("2026-03-03 08:00").is_told("move.requested", "line.works_on")
    contract.it_is("2026-03-04 09:00").states("field", "visit.at", SLOT)
    contract.it_is("2026-03-12 09:40").states("field", "visit.closed", WORKS)
    contract.it_is("2026-03-12 09:41")

    assert [contract.step(name).state for name in ("prove_line", "cut_old_line", "carry_over")] == [
        *("done", "open", "open")
    ]
    assert contract.step("cut_old_line").expected_on.isoformat() == "2026-03-13"
    contract.it_is("2026-03-13 10:00").states("exchange", "line.cut", {})
    contract.states("exchange", "number.moved", {})
    contract.it_is("2026-03-16 08:00").is_told("line.works")
    contract.it_is("2026-03-16 08:01")

    assert (contract.is_over, alarms(contract)) == (True, [])
    assert contract.has_said("line.works") == ["2026-03-12"]


@pytest.mark.parametrize(
    ("more", "cut_at", "alarm"),
    [
        ({}, "2026-03-02 11:28", ["exchange/m2"]),  # story 4
        ({}, "2026-03-16 09:00", ["exchange/m2"]),  # on the day, but nothing works yet
        ({"cut_first": True}, "2026-03-13 09:00", ["exchange/m2"]),  # as they chose, but before their day
        ({"cut_first": True}, "2026-03-16 09:00", []),
        ({"cut_first": True, "signed": False}, "2026-03-16 09:00", ["exchange/m2"]),  # not in writing
        ({"cut_first": True, "date": "soon"}, "2026-03-16 09:00", ["exchange/m2"]),
    ],
)
def test_a_cut_is_an_alarm_unless_the_new_line_works_or_the_customer_chose_it_in_writing(
    more: Mapping[str, object], cut_at: str, alarm: list[str]
) -> None:
    contract = asks_to_move(**more).it_is(cut_at).states("exchange", "line.cut", {}, as_="m2")

    contract.it_is("2026-03-16 09:01")

    assert alarms(contract) == [(name, cut_at) for name in alarm]


def test_a_cut_that_nobody_ended_anything_for_is_an_alarm_and_one_after_the_end_is_none() -> None:
    goes_on = Contract().it_is("2026-03-02 09:00").states("exchange", "line.cut", {}).it_is("2026-03-02 09:01")
    ended = Contract().it_is("2026-03-02 09:00").states("contracts", "contract.ends_on", "2026-03-10")
    ended.it_is("2026-03-09 09:00").states("exchange", "line.cut", {}, as_="early")
    left = Contract().it_is("2026-03-02 09:00")
    left.states("third-party-operators", "line.taken_over_by", "other operator", effective="2026-03-10")
    for contract in (ended, left):
        contract.it_is("2026-03-10 09:00").states("exchange", "line.cut", {}).it_is("2026-03-10 09:01")

    assert [[name for name, _ in alarms(one)] for one in (goes_on, ended, left)] == [
        ["exchange/e1"],
        ["exchange/early"],
        [],
    ]


def test_who_has_the_old_line_cut_first_is_offered_something_for_the_days_between() -> None:
    contract = asks_to_move(cut_first=True).it_is("2026-03-02 10:31")

    assert contract.has_said("remedy.offered") == [["4g box", "call forwarding"]]


def test_a_move_without_a_day_takes_as_long_as_building_does() -> None:
    contract = Contract().it_is("2026-03-02 10:30").states("shop", "move.requested", {"to": "3 rue du Four"})

    assert contract.it_is("2026-03-02 10:31").has_said("line.works_on") == ["2026-03-16"]


def test_a_move_that_is_taken_back_is_cancelled_and_so_is_the_day_that_was_said() -> None:
    contract = Contract().it_is("2026-03-02 10:30").states("shop", "move.requested", MOVE, as_="m1")
    contract.it_is("2026-03-03 09:00").takes_back("shop", "m1").it_is("2026-03-03 09:01")

    assert contract.journey.state is JourneyState.CANCELLED
    assert [said.key for said in contract.said] == ["line.works_on", "fact.withdrawn"]


def test_another_move_years_later_has_a_plan_of_its_own() -> None:
    contract = asks_to_move().it_is("2026-03-03 08:00").is_told("move.requested")
    contract.it_is("2026-03-12 09:40").states("field", "visit.closed", WORKS)
    contract.states("exchange", "line.cut", {}).states("exchange", "number.moved", {})
    contract.it_is("2026-03-13 08:00").is_told("line.works")
    contract.it_is("2028-05-02 10:00").states("shop", "move.requested", MOVE | {"date": "2028-05-16"})
    contract.it_is("2028-05-02 10:01")

    assert [one.state for one in contract.all_of("move_home")] == ["done", "running"]
    assert contract.step("prove_line", of="move_home").state == "waiting"
    assert contract.has_said("line.works_on") == ["2026-03-16", "2028-05-16"]


# --- dates


def test_a_day_for_which_nothing_is_arranged_is_moved_at_the_last_dispatch_before_it() -> None:
    contract = asks_to_move().it_is("2026-03-13 08:00")
    before = contract.has_said("line.works_on")

    contract.it_is("2026-03-13 08:01")

    assert (before, contract.has_said("line.works_on")) == (["2026-03-16"], ["2026-03-16", "2026-03-20"])


@pytest.mark.parametrize(
    ("source", "key", "value", "days"),
    [
        ("field", "visit.at", SLOT, ["2026-03-16"]),
        ("field", "visit.at", {"from": "2026-03-18T08:00:00+01:00", "to": "2026-03-18T10:00:00+01:00"}, ["2026-03-18"]),
        ("technical-service", "line.works_on", "2026-03-23", ["2026-03-23"]),
        ("technical-service", "call", {"said": "the line will work", "by": "2026-03-19"}, ["2026-03-19"]),
        ("technical-service", "call", {"said": "line at the new address tomorrow"}, ["2026-03-16"]),
    ],
)
def test_what_departments_arrange_or_answer_makes_the_day(
    source: str, key: str, value: object, days: list[str]
) -> None:
    contract = asks_to_move().it_is("2026-03-05 09:00").states(source, key, value).it_is("2026-03-12 09:00")

    assert contract.has_said("line.works_on")[-1:] == days


def test_the_newest_answer_of_each_department_counts_and_the_last_of_them_makes_the_day() -> None:
    contract = asks_to_move().it_is("2026-03-05 09:00").states("field", "line.works_on", "2026-03-27")
    contract.states("technical-service", "line.works_on", "2026-03-25")
    contract.it_is("2026-03-06 09:00").states("field", "line.works_on", "2026-03-20")
    contract.it_is("2026-03-06 09:01")

    assert contract.has_said("line.works_on") == ["2026-03-16", "2026-03-27"]
    # What was said is not moved nearer: it is kept, at the latest.
    assert contract.step("prove_line").expected_on.isoformat() == "2026-03-27"


def test_each_answer_on_the_telephone_leaves_a_step_with_a_day_and_somebody_who_keeps_word() -> None:
    contract = asks_to_move().it_is("2026-03-03 09:00").states("customer-service", "call", {"said": "tomorrow"})
    first = contract.it_is("2026-03-03 09:01").step("keep_word")
    contract.it_is("2026-03-10 09:00").states("technical-service", "call", {"said": "a step is missing"})
    second = contract.it_is("2026-03-10 09:01").step("keep_word")
    contract.it_is("2026-03-12 00:01")
    third = contract.step("keep_word")

    assert [(row.department, row.expected_on.isoformat(), row.handed_over_at is None) for row in (first, second)] == [
        ("customer-service", "2026-03-04", True),
        ("technical-service", "2026-03-11", True),
    ]
    assert third.handed_over_at is not None


# --- new lines


def test_a_new_line_is_promised_within_the_days_of_the_reference_and_with_what_is_built() -> None:
    contract = Contract().it_is("2026-03-02 09:00").states("shop", "line.requested", {"address": "5 rue du Four"})
    contract.it_is("2026-03-02 09:01")
    before = contract.steps()
    contract.it_is("2026-03-04 09:00").states(
        "network", "network.build_ordered", {"kind": "pair", "line": "K-1"}, effective="2026-04-15"
    )
    contract.it_is("2026-03-04 09:01")

    assert before == {
        "receive": ("done", "2026-03-02"),
        "acknowledge": ("open", "2026-03-03"),
        "assign_line": ("open", "2026-03-04"),
        "prove_line": ("waiting", "2026-03-14"),
        "say_it_works": ("waiting", "2026-03-16"),
    }
    assert contract.steps()["build_line"] == ("open", "2026-04-15")
    assert contract.has_said("line.works_on") == ["2026-03-14", "2026-04-15"]
    # What is ordered for that day needs no moving before it is over.
    assert contract.it_is("2026-04-15 18:00").has_said("line.works_on") == ["2026-03-14", "2026-04-15"]


def test_what_is_no_longer_built_makes_no_day() -> None:
    contract = Contract().it_is("2026-03-02 09:00").states("shop", "line.requested", {"address": "5 rue du Four"})
    order = {"order": "BU-1", "kind": "pair", "line": "K-1"}
    contract.states("network", "network.build_ordered", order, effective="2026-04-20").it_is("2026-03-02 09:01")
    built_by = contract.step("build_line").expected_on.isoformat()
    contract.states("network", "network.build_cancelled", order).it_is("2026-03-02 09:02")

    assert (built_by, contract.step("build_line").state) == ("2026-04-20", "spared")


def test_a_new_line_with_a_pair_and_a_visit_is_proven_and_said() -> None:
    contract = (
        Contract()
        .it_is("2026-03-02 09:00")
        .states("shop", "line.requested", {"address": "5 rue du Four", "date": "2026-03-20"})
    )
    contract.states("network", "network.given", {"kind": "pair", "resource": "63510-D4-017", "line": "K-1"})
    contract.it_is("2026-03-03 08:00").is_told("line.requested").states("field", "visit.at", SLOT)
    contract.it_is("2026-03-03 08:01")
    assert contract.steps()["visit"] == ("open", "2026-03-12")
    contract.it_is("2026-03-12 10:00").states("field", "visit.closed", WORKS)
    contract.it_is("2026-03-13 08:00").is_told("line.works").it_is("2026-03-13 08:01")

    assert (contract.is_over, contract.has_said("line.works")) == (True, ["2026-03-12"])


# --- faults


def test_a_cut_outside_the_plan_has_its_case_its_step_and_its_words_at_that_instant() -> None:
    contract = asks_to_move().it_is("2026-03-02 11:28").states("exchange", "line.cut", {}).it_is("2026-03-02 11:29")

    assert contract.steps(of="fix_fault") == {
        "receive": ("done", "2026-03-02"),
        "tell": ("open", "2026-03-02"),
        "restore": ("open", "2026-03-04"),
        "say_it_works": ("waiting", "2026-03-05"),
    }
    assert contract.step("restore", of="fix_fault").department == "exchange"
    assert [said for said in contract.said if said.at == "2026-03-02 11:28"] == [
        ("2026-03-02 11:28", "line.lost", "2026-03-02"),
        ("2026-03-02 11:28", "line.restored_by", "2026-03-04"),
        ("2026-03-02 11:28", "remedy.offered", ["4g box", "call forwarding"]),
    ]


@pytest.mark.parametrize(
    ("more", "by"),
    [
        ({}, "2026-11-29"),
        ({"level": "ftth_1"}, "2026-11-30"),
        ({"level": "ftto"}, "2026-11-27"),
        ({"level": 4}, "2026-11-29"),
    ],
)
def test_sla_05_and_sla_06_the_agreed_level_says_by_when_the_line_is_back(more: dict[str, object], by: str) -> None:
    contract = (
        Contract().it_is("2026-11-27 16:00").states("customer-service", "fault.reported", {"said": "dead"} | more)
    )
    contract.it_is("2026-11-27 16:01")

    assert contract.has_said("line.restored_by") == [by]


@pytest.mark.parametrize(
    ("said", "by"),
    [({}, "2026-11-27"), ({"level": "ftth_1"}, "2026-11-30"), ({"level": "gold"}, "2026-11-27")],
    ids=["not said", "said otherwise", "said in a way that nobody knows"],
)
def test_the_offer_says_the_level_that_was_agreed_where_the_report_does_not(said: dict[str, object], by: str) -> None:
    contract = Contract(terms=replace(TERMS, level=Level.FTTO)).it_is("2026-11-27 16:00")
    contract.states("customer-service", "fault.reported", {"said": "dead"} | said).it_is("2026-11-27 16:01")

    assert contract.has_said("line.restored_by") == [by]


def test_a_fault_is_diagnosed_acted_upon_and_proven_and_its_days_are_given_back() -> None:
    contract = Contract().it_is("2026-03-02 09:00").states("customer-service", "fault.reported", {"said": "dead"})
    contract.it_is("2026-03-02 15:00").is_told("fault.reported")
    contract.states("technical-service", "fault.diagnosed", {"needs": "remote"}).it_is("2026-03-02 15:01")
    remote = contract.steps()
    contract.it_is("2026-03-02 16:00").states("technical-service", "fault.diagnosed", {"needs": "visit"})
    contract.states("field", "visit.repair_at", SLOT).it_is("2026-03-02 16:01")
    visit = contract.steps()
    contract.it_is("2026-03-12 09:30").states("field", "visit.closed", {"result": "swollen cable", **NO_PAIR})
    contract.states("technical-service", "line.proven", {})
    contract.it_is("2026-03-13 08:00").is_told("line.restored", "credit.no_service").it_is("2026-03-13 08:01")

    assert (remote["act_remotely"], remote["restore"]) == (("open", "2026-03-04"), ("waiting", "2026-03-04"))
    assert (visit["visit"], visit["restore"], "act_remotely" in visit) == (
        ("open", "2026-03-12"),
        ("waiting", "2026-03-12"),
        False,
    )
    assert contract.has_said("line.restored_by") == ["2026-03-04", "2026-03-12"]
    assert contract.is_over
    # Eleven days of 36.00 a month in March.
    assert contract.has_said("credit.no_service") == [
        [{"period": ["2026-03-02", "2026-03-12"], "amount": {"amount": "12.78", "currency": "EUR"}}]
    ]


NO_PAIR = {"none_because": "nothing was exchanged"}


def test_a_bill_for_days_without_service_carries_the_credit_and_the_end_of_the_fault_the_rest() -> None:
    contract = Contract().it_is("2026-03-25 11:28").states("exchange", "line.cut", {})
    bill = {"period": ["2026-03-01", "2026-03-31"], "amount": {"amount": "48.90", "currency": "EUR"}}
    contract.it_is("2026-04-01 06:00").states("billing", "bill.issued", bill).it_is("2026-04-01 06:01")
    with_the_bill = contract.has_said("credit.no_service")
    contract.it_is("2026-04-03 10:00").states("exchange", "line.proven", {}).it_is("2026-04-03 10:01")

    march = {"period": ["2026-03-25", "2026-03-31"], "amount": {"amount": "8.13", "currency": "EUR"}}
    april = {"period": ["2026-04-01", "2026-04-03"], "amount": {"amount": "3.60", "currency": "EUR"}}
    assert with_the_bill == [[march]]
    assert contract.has_said("credit.no_service") == [[march], [march, april]]


def test_billing_that_states_the_credit_itself_is_not_contradicted() -> None:
    contract = Contract().it_is("2026-03-25 11:28").states("exchange", "line.cut", {})
    ours = [{"period": ["2026-03-25", "2026-03-27"], "amount": {"amount": "4.00", "currency": "EUR"}}]
    contract.it_is("2026-03-27 10:00").states("billing", "credit.no_service", ours)
    contract.states("exchange", "line.proven", {}).it_is("2026-03-27 10:01")

    assert contract.has_said("credit.no_service") == []
    assert contract.step("credit_days").state == "open"


def test_a_second_fault_begins_a_second_plan_and_a_late_word_about_the_first_does_not() -> None:
    contract = Contract().it_is("2026-03-02 09:00").states("customer-service", "fault.reported", {"said": "dead"})
    contract.it_is("2026-03-02 10:00").is_told("fault.reported").states("exchange", "line.proven", {})
    contract.it_is("2026-03-03 08:00").is_told("line.restored", "credit.no_service")
    contract.it_is("2026-03-04 09:00").states("technical-service", "call", {"said": "it was the card"})
    contract.it_is("2026-05-04 09:00").states("customer-service", "fault.reported", {"said": "dead again"})
    contract.it_is("2026-05-04 09:01")

    assert [one.state for one in contract.all_of("fix_fault")] == ["done", "running"]
    assert contract.step("restore").state == "waiting"
    assert contract.has_said("line.restored") == ["2026-03-02"]


# --- visits


def test_an_appointment_is_called_to_mind_at_the_last_dispatch_before_it() -> None:
    contract = asks_to_move().it_is("2026-03-04 09:00").states("field", "visit.at", SLOT).it_is("2026-03-11 08:01")
    contract.it_is("2026-03-13 09:00")

    assert [said for said in contract.said if said.key == "visit.reminder"] == [
        ("2026-03-11 08:00", "visit.reminder", SLOT)
    ]


def test_a_reminder_of_an_appointment_that_moves_is_taken_back_and_given_again_in_its_time() -> None:
    later = {"from": "2026-03-18T08:00:00+01:00", "to": "2026-03-18T10:00:00+01:00"}
    contract = asks_to_move().it_is("2026-03-04 09:00").states("field", "visit.at", SLOT, as_="v1")
    contract.it_is("2026-03-11 12:00").states("field", "visit.at", later, as_="v2").it_is("2026-03-17 08:01")
    contract.takes_back("field", "v1").takes_back("field", "v2").it_is("2026-03-17 09:00")

    assert [
        (said.at, said.key) for said in contract.said if "visit.reminder" in (said.key, _of(contract, said.value))
    ] == [
        ("2026-03-11 08:00", "visit.reminder"),
        ("2026-03-11 12:00", "fact.withdrawn"),
        ("2026-03-17 08:00", "visit.reminder"),
        ("2026-03-17 08:01", "fact.withdrawn"),
    ]


def _of(contract: Contract, value: object) -> str:
    """The topic of what was taken back."""
    named = value["fact"] if isinstance(value, dict) and "fact" in value else ""
    return next((fact.kind for fact in contract.heard if fact.source_id == named), "")


def test_a_technician_who_sets_out_is_announced() -> None:
    contract = asks_to_move().it_is("2026-03-04 09:00").states("visits", "visit.at", SLOT)
    contract.it_is("2026-03-12 07:40").states("visits", "visits.set_out", {"visit": "V-1"}).it_is("2026-03-12 07:41")

    assert contract.has_said("visit.under_way") == [SLOT]


def test_sla_10_each_appointment_that_we_missed_is_paid_for_and_one_that_the_customer_missed_is_not() -> None:
    contract = asks_to_move().it_is("2026-03-12 10:00").states("field", "visit.missed", {"by": "customer"})
    contract.it_is("2026-03-12 10:01")
    theirs = contract.has_said("compensation.missed_visit")
    contract.states("field", "visit.missed", {"by": "operator"}).it_is("2026-03-13 10:00")
    contract.states("field", "visit.missed", {"by": "operator"}).it_is("2026-03-14 10:00")

    assert theirs == []
    assert contract.has_said("compensation.missed_visit") == [
        {"amount": "7.20", "currency": "EUR"},
        {"amount": "14.40", "currency": "EUR"},
    ]


def test_what_billing_says_of_a_missed_appointment_counts() -> None:
    contract = asks_to_move().it_is("2026-03-12 10:00")
    contract.states("billing", "compensation.missed_visit", {"amount": "10.00", "currency": "EUR"})
    contract.states("field", "visit.missed", {"by": "operator"}).it_is("2026-03-12 10:01")

    assert contract.has_said("compensation.missed_visit") == []


def test_a_repair_and_a_move_have_each_their_appointment_and_their_reminder() -> None:
    later = {"from": "2026-03-19T14:00:00+01:00", "to": "2026-03-19T16:00:00+01:00"}
    contract = asks_to_move().it_is("2026-03-04 09:00").states("visits", "visit.at", later)
    contract.states("customer-service", "fault.reported", {"said": "dead"})
    contract.states("technical-service", "fault.diagnosed", {"needs": "visit"})
    contract.states("visits", "visit.repair_at", SLOT).it_is("2026-03-04 09:01")
    days = [
        contract.step("build_line", of="move_home").expected_on.isoformat(),
        contract.step("visit", of="fix_fault").expected_on.isoformat(),
    ]
    contract.it_is("2026-03-12 08:05").states("visits", "visits.set_out", {"purpose": "repair"})
    contract.it_is("2026-03-12 09:40").states("visits", "visit.closed", {**OLD_WORKS, "purpose": "repair"})
    contract.it_is("2026-03-19 08:01")

    assert days == ["2026-03-19", "2026-03-12"]
    assert [said for said in contract.said if said.key.startswith("visit.")] == [
        ("2026-03-11 08:00", "visit.repair_reminder", SLOT),
        ("2026-03-12 08:05", "visit.under_way", SLOT),
        ("2026-03-18 08:00", "visit.reminder", later),
    ]
    assert contract.step("build_line", of="move_home").state == "open"
