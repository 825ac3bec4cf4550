"""What a customer asks for in their space is stated once, of what is theirs."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

import pytest

from builders import a_world, the_story_world
from ligneclaire.facts.models import Fact
from ligneclaire.facts.record import stated
from ligneclaire.journeys.plans.proofs import FAULT, MOVE
from ligneclaire.kernel.actor import Actor, ActorKind
from ligneclaire.voice.actions.ask_online import GoesOn, NotTheirs, ask_online
from ligneclaire.voice.queries import asked
from world import World

pytestmark = pytest.mark.django_db
NOON = datetime.fromisoformat("2026-11-20T12:00:00+01:00")
ROUSSEL = Actor(ActorKind.CUSTOMER, "C-4001")
SAID = {"said": "no dial tone", "received_by": "online"}


@pytest.fixture
def world(db: None) -> World:
    """The operator of the stories, at noon."""
    world = World()
    world.it_is(NOON)
    return world


def asks(
    what: str = FAULT, *, form: UUID | None = None, contract: str = "K-FIX-7", by: Actor = ROUSSEL, at: datetime = NOON
) -> UUID:
    form = form or uuid4()
    ask_online(form=form, asks=what, contract=contract, value=SAID, by=by, at=at)
    return form


def test_what_is_asked_for_is_stated_of_the_contract(world: World) -> None:
    form = asks()

    [fact] = stated({("space", f"form/{form}")}).values()
    assert (fact.kind, fact.customer, fact.subject, fact.value) == (FAULT, "C-4001", "contract:K-FIX-7", SAID)
    card = asked.with_form(form)
    assert card is not None
    assert (card.kind, card.contract, card.is_waiting) == (FAULT, "K-FIX-7", True)
    world.it_is("2026-11-20T12:01:00+01:00")
    assert asked.waiting(["C-4001"], [FAULT]) == ()


def test_the_same_form_again_is_the_first_request(world: World) -> None:
    form = asks()

    asks(MOVE, form=form, at=datetime.fromisoformat("2026-11-20T12:30:00+01:00"))

    assert Fact.objects.filter(source="space").count() == 1


@pytest.mark.parametrize("contract", ["K-MOB-42", "K-FIX-9", "K-NONE", "K-NEW"])
def test_nobody_asks_for_what_is_not_theirs_at_a_place_by_now(db: None, contract: str) -> None:
    document = the_story_world()
    [roussel] = [row for row in document["customers"] if row["id"] == "C-4001"]
    new = {"id": "K-NEW", "offer": "ADSL-PHONE", "line": "+33465710403", "since": "2026-12-01"}
    roussel["contracts"].append(new)
    a_world(document)

    with pytest.raises(NotTheirs) as refused:
        asks(contract=contract)

    assert refused.value.values == {"contract": contract}
    assert Fact.objects.count() == 0


def test_only_customers_ask_here(world: World) -> None:
    with pytest.raises(NotTheirs):
        asks(by=Actor(ActorKind.ADVISER, "A-1"))


@pytest.mark.parametrize("later", ["2026-11-20T12:00:00+01:00", "2026-11-20T12:01:00+01:00"])
@pytest.mark.parametrize("what", [MOVE, FAULT])
def test_what_goes_on_is_not_asked_for_twice(world: World, what: str, later: str) -> None:
    asks(what)
    world.it_is(later)

    with pytest.raises(GoesOn) as refused:
        asks(what, at=datetime.fromisoformat(later))

    assert refused.value.values == {"contract": "K-FIX-7"}
    assert Fact.objects.filter(source="space").count() == 1
    asks(MOVE if what == FAULT else FAULT, at=datetime.fromisoformat(later))


@pytest.mark.parametrize("what", [MOVE, FAULT])
def test_of_a_line_that_another_operator_has_nothing_is_asked(world: World, what: str) -> None:
    world.department("third-party-operators").states(
        "line.taken_over_by", "other operator", of="K-FIX-7", effective="2026-11-25"
    )
    world.it_is("2026-11-24T12:00:00+01:00")
    asks(at=datetime.fromisoformat("2026-11-24T12:00:00+01:00"))
    world.it_is("2026-11-26T12:00:00+01:00")

    with pytest.raises(NotTheirs) as refused:
        asks(what, at=datetime.fromisoformat("2026-11-26T12:00:00+01:00"))

    assert refused.value.values == {"contract": "K-FIX-7"}


def test_what_is_over_can_be_asked_for_again(world: World) -> None:
    asks()
    world.it_is("2026-11-20T15:00:00+01:00")
    world.department("technical-service").states("line.proven", {}, of="K-FIX-7")
    world.it_is("2026-11-27T15:00:00+01:00")

    asks(at=datetime.fromisoformat("2026-11-27T15:00:00+01:00"))

    assert Fact.objects.filter(source="space").count() == 2


@pytest.mark.parametrize("what", [MOVE, FAULT])
def test_once_the_line_works_more_can_be_asked_although_the_plan_is_not_closed_yet(world: World, what: str) -> None:
    asks(what)
    world.it_is("2026-11-20T15:00:00+01:00")
    closed = {"result": "line works", "pair": "63510-D4-017", "purpose": "move" if what == MOVE else "repair"}
    world.department("field").passes_on("visit.closed", of="K-FIX-7", **closed)
    world.it_is("2026-11-20T15:01:00+01:00")

    asks(what, at=datetime.fromisoformat("2026-11-20T15:01:00+01:00"))

    assert Fact.objects.filter(source="space").count() == 2
