"""Which of two lines a word is about, what is repaired beside a move, and moves that are corrected or taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from journeys.contract import Contract
from journeys.moving import GIVEN, MOVE, OLD_WORKS, WORKS, alarms, asks_to_move


def test_an_old_line_that_is_restored_during_a_move_proves_nothing_of_the_new_one() -> None:
    contract = asks_to_move().it_is("2026-03-02 11:28").states("exchange", "line.cut", {})
    contract.it_is("2026-03-03 09:00").states("technical-service", "line.proven", {}).it_is("2026-03-03 09:01")
    restored = (contract.step("restore", of="fix_fault").state, contract.step("prove_line", of="move_home").state)
    contract.it_is("2026-03-12 09:00").states("field", "visit.closed", {**OLD_WORKS, "purpose": "repair"})
    contract.it_is("2026-03-12 09:01")
    after_a_repair = contract.step("prove_line", of="move_home").state
    contract.it_is("2026-03-12 10:00").states("field", "visit.closed", WORKS).it_is("2026-03-12 10:01")

    assert (restored, after_a_repair) == (("done", "waiting"), "waiting")
    assert (contract.has_said("line.restored"), contract.has_said("line.works")) == (["2026-03-03"], ["2026-03-12"])
    assert [contract.step(name, of="move_home").state for name in ("prove_line", "cut_old_line")] == ["done", "open"]


@pytest.mark.parametrize(
    ("address", "state"), [("3 Rue  du Four", "done"), ("12 rue Blatin", "waiting"), (None, "done")]
)
def test_a_word_that_a_line_works_counts_for_the_place_that_it_names(address: str | None, state: str) -> None:
    contract = asks_to_move().it_is("2026-03-12 09:00").states("exchange", "line.proven", {"address": address})

    assert contract.it_is("2026-03-12 09:01").step("prove_line").state == state


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ({}, "open"),  # nothing says that it is the new line
        ({"pair": "63000-A1-104"}, "open"),  # the old one's, without a word what for
        ({"pair": "63000-A1-104", "purpose": "equipment"}, "open"),
        ({"purpose": "move"}, "done"),
        ({"purpose": "Build"}, "done"),
        ({"address": "3 rue du four"}, "done"),
        ({"address": "12 rue Blatin", "purpose": "move"}, "open"),
        ({"pair": "63510-D4-017"}, "done"),  # as the records say
        ({"pair": "63510-D4-018"}, "open"),  # which the records give to another place
        ({"pair": None, "none_because": "nobody at home", "purpose": "move"}, "waiting"),
        ({"pair": "63510-D4-017", "result": "no tone"}, "open"),
    ],
)
def test_a_visit_shows_that_the_new_line_works_if_it_was_there(said: Mapping[str, object], state: str) -> None:
    contract = asks_to_move().it_is("2026-03-12 09:00").states("network", "network.given", GIVEN)
    elsewhere = {"resource": "63510-D4-018", "place": "12 rue Blatin"}
    contract.states("network", "network.given", {**GIVEN, **elsewhere})
    closed = {"result": "line works", "pair": "63510-D4-019", **said}
    contract.states("field", "visit.closed", closed).it_is("2026-03-12 09:01")

    assert contract.step("prove_line").state == state


def test_a_move_to_nowhere_is_proven_by_no_pair_that_the_records_have_nowhere() -> None:
    contract = asks_to_move(to="").it_is("2026-03-12 09:00").states("network", "network.given", {**GIVEN, "place": ""})
    contract.states("field", "visit.closed", {"result": "line works", "pair": "63510-D4-017"}).it_is("2026-03-12 09:01")

    assert contract.step("prove_line").state == "open"


def test_a_test_of_the_old_pair_proves_nothing_of_the_new_line() -> None:
    contract = asks_to_move().it_is("2026-03-02 10:31").states("network", "network.given", GIVEN)
    contract.states("network", "network.given", {**GIVEN, "resource": "63000-A1-104", "place": "12 rue Blatin"})
    contract.it_is("2026-03-12 09:00").states("exchange", "line.proven", {"pair": "63000-A1-104"})
    old = contract.it_is("2026-03-12 09:01").step("prove_line").state
    contract.states("exchange", "line.proven", {"pair": "63510-D4-017"})

    assert (old, contract.it_is("2026-03-12 09:02").step("prove_line").state) == ("waiting", "done")


def test_a_move_asks_for_one_cut_and_whatever_is_cut_after_it_is_an_alarm() -> None:
    contract = asks_to_move().it_is("2026-03-12 09:40").states("field", "visit.closed", WORKS)
    contract.it_is("2026-03-13 09:00").states("exchange", "line.cut", {}, as_="asked for")
    contract.it_is("2028-05-02 10:00").states("exchange", "line.cut", {}, as_="years later").it_is("2028-05-02 10:01")

    assert alarms(contract) == [("exchange/years later", "2028-05-02 10:00")]


def test_what_breaks_again_before_it_was_said_to_work_goes_on_and_both_outages_are_given_back() -> None:
    contract = Contract().it_is("2026-03-02 09:00").states("customer-service", "fault.reported", {"said": "dead"})
    contract.it_is("2026-03-02 15:00").is_told("fault.reported").states("exchange", "line.proven", {})
    contract.it_is("2026-03-04 10:00").states("customer-service", "fault.reported", {"said": "still dead"})
    contract.it_is("2026-03-04 10:01")
    again = contract.step("restore").state
    contract.it_is("2026-03-06 10:00").states("exchange", "line.proven", {})
    contract.it_is("2026-03-09 08:00").is_told("line.restored", "credit.no_service").it_is("2026-03-09 08:01")

    assert (again, contract.is_over, len(contract.all_of("fix_fault"))) == ("waiting", True, 1)
    # The second and the fourth to the sixth of March: four of thirty-one days.
    assert contract.has_said("credit.no_service")[-1] == [
        {"period": ["2026-03-02", "2026-03-06"], "amount": {"amount": "4.65", "currency": "EUR"}}
    ]


def test_a_cut_before_the_end_of_a_repair_that_is_heard_of_after_it_is_an_alarm_still() -> None:
    contract = Contract().it_is("2026-03-02 09:00").states("customer-service", "fault.reported", {"said": "dead"})
    contract.it_is("2026-03-02 15:00").is_told("fault.reported").states("exchange", "line.proven", {})
    contract.it_is("2026-03-04 08:00").is_told("line.restored", "credit.no_service").it_is("2026-03-04 09:00")
    contract.states("exchange", "line.cut", {}, as_="late")
    contract.heard[-1] = replace(contract.heard[-1], at=contract.heard[-1].at - timedelta(hours=20))
    contract.it_is("2026-03-04 09:01")

    assert [one.state for one in contract.all_of("fix_fault")] == ["done", "running"]


def test_a_cut_and_the_report_of_it_come_to_the_same_in_whatever_order_they_are_heard() -> None:
    said = []
    for places in ((0, 1), (1, 0)):
        contract = Contract().it_is("2026-03-03 09:00")
        facts = [("exchange", "line.cut", 24), ("customer-service", "fault.reported", 0)]
        for source, key, hours in (facts[place] for place in places):
            contract.states(source, key, {"said": "dead"})
            contract.heard[-1] = replace(contract.heard[-1], at=contract.heard[-1].at - timedelta(hours=hours))
        contract.it_is("2026-03-04 09:00").states("exchange", "line.proven", {}).it_is("2026-03-04 09:01")
        said.append([(one.key, one.value) for one in contract.said])

    assert said[0] == said[1]
    assert ("line.lost", "2026-03-02") in said[0]
    assert said[0][-1][1] == [{"period": ["2026-03-02", "2026-03-04"], "amount": {"amount": "3.49", "currency": "EUR"}}]


# --- the end of the contract, and another move


def test_the_end_of_the_contract_ends_what_was_under_way_and_no_day_is_said_any_more() -> None:
    move = asks_to_move().states("contracts", "contract.ends_on", "2026-03-10").it_is("2026-09-01 09:00")
    fault = Contract().it_is("2026-03-05 09:00").states("exchange", "line.cut", {})
    fault.it_is("2026-03-06 09:00").states("contracts", "contract.ends_on", "2026-03-10").it_is("2026-09-01 09:00")

    assert [one.state for one in move.all_of("move_home") + fault.all_of("fix_fault")] == ["done", "done"]
    assert move.has_said("line.works_on") == ["2026-03-16"]
    assert fault.has_said("line.restored_by") == ["2026-03-07", "2026-03-13"]
    assert [said.key for said in move.said if said.at >= "2026-03-11"].count("fact.withdrawn") == 1


def test_days_without_a_line_up_to_the_end_of_the_contract_are_given_back_without_any_proof() -> None:
    contract = Contract().it_is("2026-03-05 09:00").states("exchange", "line.cut", {})
    contract.it_is("2026-03-06 09:00").states("contracts", "contract.ends_on", "2026-03-10").it_is("2026-03-20 09:00")

    assert contract.has_said("credit.no_service") == [
        [{"period": ["2026-03-05", "2026-03-10"], "amount": {"amount": "6.97", "currency": "EUR"}}]
    ]


def test_a_cut_of_a_line_that_another_operator_took_over_is_no_alarm_once_that_is_known() -> None:
    contract = Contract().it_is("2026-03-10 10:00").states("exchange", "line.cut", {}).it_is("2026-03-10 12:00")
    contract.states("third-party-operators", "line.taken_over_by", "other operator", effective="2026-03-10")
    contract.heard[-1] = replace(contract.heard[-1], at=contract.heard[-1].at - timedelta(hours=3))
    contract.it_is("2026-03-10 12:01")

    assert [one.state for one in contract.all_of("fix_fault")] == ["cancelled"]


def test_another_move_ends_the_one_that_nobody_closed() -> None:
    contract = asks_to_move().it_is("2026-03-12 09:40").states("field", "visit.closed", WORKS)
    contract.it_is("2028-05-02 10:00").states(
        "shop", "move.requested", MOVE | {"to": "5 rue Neuve", "date": "2028-05-16"}
    )
    contract.it_is("2028-05-02 10:01")

    assert [one.state for one in contract.all_of("move_home")] == ["done", "running"]
    assert contract.has_said("line.works_on") == ["2026-03-16", "2028-05-16"]


def test_a_move_that_is_corrected_before_the_line_works_stays_one_move() -> None:
    contract = asks_to_move().it_is("2026-03-04 10:00").states("shop", "move.requested", MOVE | {"date": "2026-03-23"})
    contract.it_is("2026-03-04 10:01")

    assert len(contract.all_of("move_home")) == 1
    assert contract.has_said("line.works_on") == ["2026-03-16", "2026-03-23"]


def test_days_between_that_the_customer_chose_are_not_paid_for_either() -> None:
    contract = asks_to_move(cut_first=True).it_is("2026-03-16 09:00").states("exchange", "line.cut", {})
    contract.it_is("2026-03-20 10:00").states("field", "visit.closed", WORKS).it_is("2026-03-20 10:01")

    assert alarms(contract) == []
    assert contract.has_said("credit.no_service") == [
        [{"period": ["2026-03-16", "2026-03-20"], "amount": {"amount": "5.81", "currency": "EUR"}}]
    ]
    assert contract.step("cut_old_line").state == "done"


def test_a_customer_who_takes_a_move_back_ends_its_plan_and_the_day_that_was_said() -> None:
    contract = asks_to_move().it_is("2026-03-04 09:00").states("shop", "move.requested", MOVE | {"to": "5 rue Neuve"})
    contract.it_is("2026-03-05 09:00").states("space", "move.withdrawn", {"received_by": "online"})
    contract.it_is("2026-03-05 09:01")

    assert [one.state for one in contract.journeys] == ["cancelled"]
    assert contract.has_said("fact.withdrawn") == [{"fact": contract.heard[1].source_id}]
    assert contract.states("exchange", "line.cut", {}).it_is("2026-03-05 09:02").all_of("fix_fault") != []


def test_a_move_is_not_taken_back_once_the_line_works_or_was_left_for_it() -> None:
    works = asks_to_move().it_is("2026-03-12 09:40").states("field", "visit.closed", WORKS)
    left = asks_to_move(cut_first=True).it_is("2026-03-16 09:00").states("exchange", "line.cut", {})
    for contract in (works, left):
        contract.it_is("2026-03-17 09:00").states("space", "move.withdrawn", {}).it_is("2026-03-17 09:01")

    assert [[str(one.state) for one in contract.journeys] for contract in (works, left)] == [["running"], ["running"]]


def test_a_second_move_that_is_taken_back_leaves_the_first_as_it_was_and_a_third_begins() -> None:
    contract = asks_to_move().it_is("2026-03-12 09:40").states("field", "visit.closed", WORKS)
    contract.it_is("2026-03-13 09:00").states("exchange", "line.cut", {}).states("exchange", "number.moved", {})
    contract.is_told("move.requested", "line.works").it_is("2028-05-02 10:00")
    contract.states("shop", "move.requested", MOVE | {"to": "5 rue Neuve", "date": "2028-05-16"})
    contract.it_is("2028-05-03 10:00").states("shop", "move.withdrawn", {}).it_is("2028-05-04 10:00")
    contract.states("shop", "move.requested", MOVE | {"to": "7 rue Neuve", "date": "2028-05-23"})
    contract.it_is("2028-05-04 10:01")

    assert [one.state for one in contract.all_of("move_home")] == ["done", "cancelled", "running"]
    assert alarms(contract) == []
