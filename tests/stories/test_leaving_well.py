"""The Lenoirs end a contract in their space: one answer at once, nothing asked twice, money in time, a good-bye."""

from __future__ import annotations

from uuid import UUID

import pytest

from ligneclaire.contracts.actions.request_termination import request_termination
from ligneclaire.contracts.actions.withdraw_termination import withdraw_termination
from ligneclaire.contracts.values import Declaration
from ligneclaire.kernel.actor import Actor, ActorKind
from world import Customer, Stage, World

pytestmark = pytest.mark.django_db
LENOIRS = Actor(ActorKind.CUSTOMER, "C-2001")
FREE, DEPOSIT = {"amount": "0.00", "currency": "EUR"}, {"amount": "49.00", "currency": "EUR"}
INCREASED = {"amount": "73.50", "currency": "EUR"}
PENALTY = {"amount": "300.00", "currency": "EUR"}


@pytest.fixture
def world() -> World:
    world = World()
    world.it_is("2026-03-02 09:00")
    return world


@pytest.fixture
def lenoirs(world: World) -> Customer:
    return world.customer("C-2001")


def they_leave(world: World, contract: str = "K-ADSL-1") -> str:
    """Three clicks on Monday morning; the reference of the request."""
    declared = Declaration(form=UUID(int=1), language="fr", customer="C-2001", contracts=(contract,))
    assert world.now is not None
    return request_termination(declared=declared, by=LENOIRS, at=world.now).reference


def test_one_acknowledgement_at_once_says_everything_that_follows(world: World, lenoirs: Customer) -> None:
    they_leave(world)
    world.it_is("2026-03-02 09:01")

    [acknowledged] = lenoirs.heard()
    assert (acknowledged.left_at, acknowledged.channel) == ("2026-03-02 09:00", "email")
    assert dict(acknowledged.topics) | {"termination.requested": None} == {
        "termination.requested": None,
        "contract.ends_on": "2026-03-12",
        "equipment.to_return": ["box", "tv decoder"],
        "equipment.return_by": "2026-03-27",
        "equipment.return_how": "prepaid label",
        "fees.early_termination": FREE,
        "refund.deposit": DEPOSIT,
        "number.kept_until": "2026-04-21",
        "mailbox.kept_until": "2026-09-12",
    }
    assert lenoirs.plan() == [
        Stage("receive", "space", "2026-03-02", None, "done"),
        Stage("acknowledge", "customer-service", "2026-03-02", None, "done"),
        Stage("state_end", "contracts", "2026-03-02", None, "done"),
        Stage("run_notice", "contracts", "2026-03-12", "2026-03-12", "open"),
        Stage("release_line", "exchange", "2026-03-12", None, "open"),
        Stage("return_equipment", "equipment", "2026-03-27", "2026-03-27", "open"),
        Stage("issue_closing_bill", "billing", "2026-03-27", None, "waiting"),
        Stage("refund_deposit", "billing", "2026-04-06", None, "waiting"),
        Stage("say_goodbye", "customer-service", "2026-04-07", None, "waiting"),
    ]


def test_everything_comes_back_in_time_and_they_part_well(world: World, lenoirs: Customer) -> None:
    they_leave(world)
    world.it_is("2026-03-10 09:00")
    world.department("billing").states("closing_bill.date", "2026-03-20")
    world.it_is("2026-03-16 10:00")
    world.department("shop").states("equipment.received", ["box", "tv decoder"])
    world.it_is("2026-03-20 10:00")
    world.department("billing").states("closing_bill.issued", "2026-03-20")
    world.it_is("2026-03-25 10:00")
    world.department("billing").states("refund.paid", DEPOSIT)
    world.it_is("2026-06-01 10:00")

    assert lenoirs.topics_heard()[1:] == [
        ("2026-03-11 08:00", ["closing_bill.date"]),
        ("2026-03-18 08:00", ["equipment.received", "refund.deposit_by"]),
        ("2026-03-23 08:00", ["closing_bill.issued"]),
        ("2026-03-27 08:00", ["refund.paid", "contract.closed"]),
    ]
    assert {stage.state for stage in lenoirs.plan()} == {"done"}
    assert [promise for promise in lenoirs.promises() if promise[0] == "refund.deposit_by"] == [
        ("refund.deposit_by", "value", "2026-03-26", "kept")
    ]


def test_a_deposit_that_is_late_grows_by_half_and_they_are_told(world: World, lenoirs: Customer) -> None:
    they_leave(world)
    world.it_is("2026-03-16 10:00")
    world.department("shop").states("equipment.received", ["box", "tv decoder"])
    world.it_is("2026-03-31 10:00")

    assert lenoirs.changes_heard() == [("refund.deposit", DEPOSIT, INCREASED)]
    assert lenoirs.topics_heard()[-1] == ("2026-03-30 08:00", ["refund.deposit"])


def test_equipment_is_asked_back_twice_at_most_and_a_found_parcel_costs_nothing(
    world: World, lenoirs: Customer
) -> None:
    they_leave(world)
    world.department("equipment").states("equipment.penalty", PENALTY)
    world.department("equipment").states("equipment.days_after_formal_notice", 10)
    world.it_is("2026-05-20 10:00")
    world.department("equipment").states("equipment.received", ["box", "tv decoder"])
    world.it_is("2026-06-20 10:00")

    asked = [
        (message.left_at, key)
        for message in lenoirs.heard()
        for key, _ in message.topics
        if key in {"equipment.missing", "equipment.formal_notice", "equipment.charged"}
    ]
    assert [key for _, key in asked] == [
        "equipment.missing",
        "equipment.formal_notice",
        "equipment.charged",
        "equipment.charged",
    ]
    charged = [(earlier, now) for key, earlier, now in lenoirs.changes_heard() if key == "equipment.charged"]
    assert charged == [(PENALTY, None)]


def test_they_stay_after_all_and_all_that_was_told_no_longer_holds(world: World, lenoirs: Customer) -> None:
    reference = they_leave(world)
    world.it_is("2026-03-04 10:00")
    assert world.now is not None
    withdraw_termination(reference=reference, by=LENOIRS, at=world.now)
    world.it_is("2026-03-06 10:00")

    left_at, topics = lenoirs.topics_heard()[-1]
    assert left_at == "2026-03-04 10:00"
    assert topics[0] == "termination.withdrawn"
    assert {stage.state for stage in lenoirs.plan()} == {"done", "cancelled"}
    assert {state for key, _, _, state in lenoirs.promises() if key == "contract.ends_on"} == {"moved"}
