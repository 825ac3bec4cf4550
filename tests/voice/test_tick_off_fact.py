"""A fact that was not understood is ticked off once, by somebody who says what came of it."""

from __future__ import annotations

from datetime import datetime

import pytest

from ligneclaire.facts.models import Fact
from ligneclaire.kernel.actor import Actor, ActorKind
from ligneclaire.voice.actions.tick_off_fact import NoteMissing, NothingToTickOff, tick_off_fact
from ligneclaire.voice.models import Inspection, Outcome
from ligneclaire.voice.queries import troubles
from world import World

pytestmark = pytest.mark.django_db
NORA = Actor(ActorKind.ADVISER, "A-1")
NOON = datetime.fromisoformat("2015-02-10T12:00:00+01:00")


@pytest.fixture
def strange() -> int:
    """A fact that nobody understands."""
    world = World()
    world.it_is("2015-02-10 09:00")
    world.state({"source": "shop", "customer": "C-1001", "event": "visit", "data": {"said": "hello"}})
    world.department("billing").states("closing_bill.date", "2015-03-05", as_="b1")
    world.it_is("2015-02-10 10:00")
    return Fact.objects.get(source="shop").pk


def tick_off(fact: int, note: str = "Called the shop, a test of theirs.") -> None:
    tick_off_fact(fact=fact, note=note, by=NORA, at=NOON)


def waiting() -> list[int]:
    return [trouble.id for trouble in troubles.newest(limit=10)]


def test_it_leaves_the_list_and_who_when_and_why_stay(strange: int) -> None:
    [trouble] = troubles.newest(limit=10)
    assert (trouble.id, trouble.kind, trouble.value, trouble.owner) == (
        strange,
        "visit",
        {"said": "hello"},
        "Nora Benali",
    )

    tick_off(strange, "  Called the shop, a test of theirs. ")

    assert waiting() == []
    [done] = troubles.inspected(limit=10)
    assert (done.fact, done.kind, done.customer) == ("shop/w1", "visit", "C-1001")
    assert (done.deed, done.note, done.by, done.at) == (
        "ticked off",
        "Called the shop, a test of theirs.",
        "Nora Benali",
        NOON,
    )


def test_the_fact_and_its_outcome_stay_as_they_were(strange: int) -> None:
    before = (Fact.objects.values().get(pk=strange), Outcome.objects.values().get(fact=strange))

    tick_off(strange)

    assert (Fact.objects.values().get(pk=strange), Outcome.objects.values().get(fact=strange)) == before


@pytest.mark.parametrize("note", ["", "  \n"])
def test_without_a_note_nothing_is_ticked_off(strange: int, note: str) -> None:
    with pytest.raises(NoteMissing):
        tick_off(strange, note)

    assert (waiting(), Inspection.objects.count()) == ([strange], 0)


def test_it_is_done_once(strange: int) -> None:
    tick_off(strange)

    with pytest.raises(NothingToTickOff):
        tick_off(strange, "Me too.")

    assert [row.note for row in Inspection.objects.all()] == ["Called the shop, a test of theirs."]


def test_what_was_understood_or_never_stated_cannot_be_ticked_off(strange: int) -> None:
    for fact in (Fact.objects.get(source_id="b1").pk, 0):
        with pytest.raises(NothingToTickOff):
            tick_off(fact)

    assert (waiting(), Inspection.objects.count()) == ([strange], 0)
