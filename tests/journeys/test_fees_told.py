"""What customers read of the fee: with its calculation, or once somebody has looked at their reason."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest

from builders import the_story_world
from ligneclaire.contracts.actions.decide_reason import decide_reason
from ligneclaire.contracts.actions.request_termination import request_termination
from ligneclaire.contracts.values import Declaration
from ligneclaire.kernel.actor import Actor, ActorKind
from world import CALENDAR, World

pytestmark = pytest.mark.django_db

LENOIR, NORA = Actor(ActorKind.CUSTOMER, "C-2001"), Actor(ActorKind.ADVISER, "A-1")
FEE = "Des frais de résiliation vous seront facturés : 72,00 €. En voici le calcul : 20 % de 10 mensualités de 36,00 €."
WAITING = "Le motif que vous avez indiqué est examiné par une personne : s’il est retenu,"
NONE = "Vous n’avez pas de frais de résiliation à payer."


def at(when: str) -> datetime:
    return datetime.fromisoformat(when).replace(tzinfo=CALENDAR.tz)


@pytest.fixture
def world() -> World:
    """The Lenoirs took their ADSL in January 2025, with a subsidised handset, for two years."""
    document: Any = the_story_world()
    contract = next(one for one in document["customers"][1]["contracts"] if one["id"] == "K-ADSL-1")
    contract["since"] = "2025-01-15"
    contract["commitment"] = {
        "accepted_on": "2025-01-15",
        "months": 24,
        "subsidised_handset": True,
        "clause": "12.3",
        "before_month_twelve": "full to end",
    }
    world = World(document)
    world.it_is("2026-03-02 10:00")
    return world


def ask(world: World, **given: Any) -> str:
    """The Lenoirs end the contract in the space on 2 March 2026, for the 15th."""
    declared = Declaration(
        form=uuid4(), language="fr", customer="C-2001", contracts=("K-ADSL-1",), wished_on=date(2026, 3, 15), **given
    )
    reference = request_termination(declared=declared, by=LENOIR, at=at("2026-03-02 10:00")).reference
    world.it_is("2026-03-02 10:05")
    return reference


def decide(world: World, reference: str, *, is_accepted: bool) -> None:
    decide_reason(
        reference=reference,
        is_accepted=is_accepted,
        note="vu",
        received_by_commission_on=None,
        by=NORA,
        at=at("2026-03-02 11:00"),
    )
    world.it_is("2026-03-06 12:00")


def test_ter_11_the_fee_is_told_with_its_calculation(world: World) -> None:
    ask(world)

    [text] = set(world.customer("C-2001").letters())
    assert FEE in text
    assert ("fees.early_termination", "value", None, "open") in world.customer("C-2001").promises()


@pytest.mark.parametrize(("is_accepted", "told"), [(True, NONE), (False, FEE)])
def test_ter_13_the_fee_is_told_once_somebody_has_looked_at_the_reason(
    world: World, *, is_accepted: bool, told: str
) -> None:
    reference = ask(world, reason="move_abroad")
    [first] = set(world.customer("C-2001").letters())
    assert (WAITING in first, FEE in first, NONE in first) == (True, False, False)

    decide(world, reference, is_accepted=is_accepted)

    second = [text for text in world.customer("C-2001").letters() if text != first]
    assert len({told in text for text in second}) == 1
    assert told in second[0]
