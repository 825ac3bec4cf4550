"""Neither the clocks of departments nor how often somebody looks change what comes of a contract's facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from journeys.contract import INSTANT, Contract
from ligneclaire.flow.states import JourneyState

HOUR = timedelta(hours=1)


def by_their_clock(contract: Contract, ahead: timedelta) -> None:
    """What was stated last has the time of a department's own clock."""
    contract.heard[-1] = replace(contract.heard[-1], at=contract.heard[-1].at + ahead)


@pytest.mark.parametrize("ahead", [20 * HOUR, INSTANT, timedelta(), -HOUR])
def test_a_request_that_follows_a_withdrawal_is_answered_once_whatever_the_clock(ahead: timedelta) -> None:
    contract = Contract().it_is("2026-03-02 09:00").states("contracts", "contract.ends_on", "2026-03-31")
    contract.states("mailroom", "termination.requested", {"received_by": "letter"})
    contract.it_is("2026-03-02 11:00").states("mailroom", "termination.withdrawn", {"received_by": "letter"})
    by_their_clock(contract, ahead)
    contract.it_is("2026-03-02 11:01").asks_to_leave(by="online")
    by_their_clock(contract, ahead)

    contract.it_is("2026-03-04 09:00")

    assert contract.journey.state is JourneyState.RUNNING
    assert contract.has_said("contract.ends_on") == ["2026-03-12" if ahead < 15 * HOUR else "2026-03-13"]
    said = [fact for fact in contract.heard if fact.kind == "contract.ends_on" and fact.source == "journeys"]
    [request] = [fact for fact in contract.heard if fact.source == "space"]
    assert [fact.at - request.at for fact in said] == [INSTANT if ahead >= timedelta() else HOUR + INSTANT]


@pytest.mark.parametrize("looks", [[], ["2026-03-03 09:00"], ["2026-03-03 09:00", "2026-03-05 09:00"]])
def test_what_was_said_is_taken_back_in_the_same_order_however_often_somebody_looked(looks: list[str]) -> None:
    contract = Contract().it_is("2026-03-02 09:00").states("contracts", "contract.ends_on", "2026-03-31", as_="c1")
    contract.now = contract.now and contract.now + 48 * HOUR
    contract.states("equipment", "equipment.return_by", "2026-04-20")
    contract.now = contract.now and contract.now + 48 * HOUR
    contract.takes_back("contracts", "c1")
    everything, contract.heard = contract.heard, []

    for look in [*looks, "2026-03-07 09:00"]:
        until = Contract().it_is(look).now
        assert until
        contract.heard = [fact for fact in contract.heard if fact.source == "journeys"]
        contract.heard += [fact for fact in everything if fact.recorded_at < until]
        contract.it_is(look)

    stated, back = contract.said[:7], contract.said[7:]
    assert [said.key for said in stated] == [
        *("number.kept_until", "mailbox.kept_until", "fees.early_termination"),
        *("equipment.to_return", "equipment.return_how", "equipment.return_by", "refund.deposit"),
    ]
    assert [said.value for said in back] == [{"fact": f"{contract.journey.uuid}/00{place}"} for place in range(1, 8)]


def test_what_a_renounced_contract_makes_pointless_is_not_begun_again_with_every_fact() -> None:
    contract = Contract().it_is("2026-03-02 09:00").asks_to_leave()
    contract.it_is("2026-03-02 10:00").states("space", "withdrawal.requested", {"received_by": "online"})
    for hour in (11, 12, 13):
        contract.it_is(f"2026-03-02 {hour}:00").states("billing", "closing_bill.date", f"2026-03-{hour}")
    contract.it_is("2026-03-02 14:00")

    assert sorted((journey.kind, str(journey.state)) for journey in contract.journeys) == [
        ("termination", "cancelled"),
        ("withdrawal", "running"),
    ]
