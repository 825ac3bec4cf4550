"""A fact that was set aside and is tried again moves plans too, although it is not new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import pytest

from ligneclaire.config.wiring import news
from ligneclaire.facts.delivery import Again, Claim, deliver, next_due
from ligneclaire.flow.models import Journey
from ligneclaire.kernel.actor import Actor, ActorKind
from ligneclaire.people.queries import owners
from ligneclaire.voice.actions.release_fact import release_fact
from ligneclaire.voice.queries import states, troubles
from world import INSTANT, World

pytestmark = pytest.mark.django_db
NORA = Actor(ActorKind.ADVISER, "A-1")


def stumbling(claims: Sequence[Claim], *, until: datetime, without: frozenset[int]) -> Mapping[str, Again]:
    """Listen as everybody does, but fail on what the mailroom passes on."""
    loaded, _ = states.of(claims, until=until, without=without)
    if any(fact.source == "mailroom" for state in loaded.values() for fact in state.facts):
        raise ValueError("no plan for this")
    return news(claims, until=until, without=without)


@pytest.fixture
def world() -> World:
    """The request of a household was set aside on Tuesday."""
    world = World()
    world.it_is("2015-02-10 09:00")
    world.department("mailroom").passes_on("termination.requested", received_by="letter")
    assert world.now is not None
    while (due := next_due()) is not None and due < world.now + timedelta(minutes=1):
        deliver(stumbling, until=due + INSTANT, limit=10, owner_of=owners.of_news)
    world.it_is("2015-02-11 09:00")
    return world


def test_a_request_that_is_tried_again_begins_its_plan_then(world: World) -> None:
    [trouble] = troubles.newest(limit=5)
    before = Journey.objects.count()

    assert world.now is not None
    release_fact(fact=trouble.id, note="", by=NORA, at=world.now)
    world.it_is("2015-02-12 09:00")

    [journey] = Journey.objects.all()
    assert (before, journey.kind, journey.started_at) == (
        0,
        "termination",
        datetime.fromisoformat("2015-02-11T09:00+01:00"),
    )
    assert world.customer("C-2001").topics_heard() == [("2015-02-12 08:00", ["termination.requested"])]
