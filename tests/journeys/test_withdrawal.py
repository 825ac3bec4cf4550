"""The plan of a withdrawal: confirmed at once, goods back, everything paid back, good-bye."""

from __future__ import annotations

from dataclasses import replace

from journeys.contract import TERMS, Contract, without_equipment
from ligneclaire.flow.states import JourneyState, StepState
from ligneclaire.journeys.terms import Terms

DECLARED = {"received_by": "online", "declared_at": "2026-03-02T09:00:00+01:00"}
REFUND = {"amount": "36.00", "currency": "EUR"}
NOTHING_LENT = replace(without_equipment(), deposit=None)


def renounced(terms: Terms = TERMS) -> Contract:
    """Monday 2 March 2026, in the space."""
    contract = Contract(terms=terms).it_is("2026-03-02 09:00").states("space", "withdrawal.requested", DECLARED)
    contract.look()
    return contract


def test_wdr_04_goods_come_back_within_fourteen_days_and_wdr_03_the_refund_waits_for_them() -> None:
    contract = renounced()

    assert contract.steps() == {
        "receive": ("done", "2026-03-02"),
        "acknowledge": ("open", "2026-03-02"),
        "return_equipment": ("open", "2026-03-16"),
        "refund": ("waiting", "2026-03-16"),
        "say_goodbye": ("waiting", "2026-03-17"),
    }
    assert [(key, value) for _, key, value in contract.said] == [
        ("equipment.to_return", ["box", "tv decoder"]),
        ("equipment.return_how", "prepaid label"),
        ("equipment.return_by", "2026-03-16"),
    ]


def test_wdr_03_goods_that_come_back_late_put_the_refund_off() -> None:
    contract = renounced().it_is("2026-03-20 09:00").states("equipment", "equipment.received", ["box", "tv decoder"])
    contract.look()

    assert contract.has_said("refund.withdrawal_by") == ["2026-03-20"]


def test_wdr_03_without_goods_the_refund_is_due_fourteen_days_after_the_declaration() -> None:
    contract = renounced(NOTHING_LENT)

    assert contract.has_said("refund.withdrawal_by") == ["2026-03-16"]
    assert contract.step("return_equipment").state is StepState.SPARED


def test_paid_back_and_told_it_is_over() -> None:
    contract = renounced(NOTHING_LENT).it_is("2026-03-02 09:05").is_told("withdrawal.requested")
    contract.it_is("2026-03-04 09:00").states("billing", "refund.withdrawal", REFUND)
    contract.look()
    unpaid = contract.step("refund").state
    contract.it_is("2026-03-05 09:00").states("billing", "refund.paid", REFUND)
    contract.look()
    contract.it_is("2026-03-06 08:00").is_told("contract.closed")
    contract.look()

    assert unpaid is StepState.OPEN
    assert contract.has_said("contract.closed") == [{}]
    assert [journey.state for journey in contract.journeys] == [JourneyState.DONE]


def test_renouncing_ends_the_plan_of_a_termination() -> None:
    contract = Contract().it_is("2026-03-02 08:00").asks_to_leave(by="online")
    contract.it_is("2026-03-02 09:00").states("space", "withdrawal.requested", DECLARED)
    contract.look()

    assert {journey.kind: journey.state for journey in contract.journeys} == {
        "termination": JourneyState.CANCELLED,
        "withdrawal": JourneyState.RUNNING,
    }


def test_a_declaration_that_its_source_withdraws_cancels_the_plan() -> None:
    contract = renounced().it_is("2026-03-03 09:00").takes_back("space", "e1")
    contract.look()

    assert [journey.state for journey in contract.journeys] == [JourneyState.CANCELLED]
