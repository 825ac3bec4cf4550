"""A fact that the voice cannot handle is set aside with an owner; everything else about its customer is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import pytest

from ligneclaire.facts.delivery import Again, Claim, deliver, next_due
from ligneclaire.facts.models import Fact, Failure
from ligneclaire.kernel.actor import Actor, ActorKind
from ligneclaire.people.queries import owners
from ligneclaire.voice.actions.release_fact import NotSetAside, release_fact
from ligneclaire.voice.handlers import consider
from ligneclaire.voice.models import Inspection
from ligneclaire.voice.queries import states, troubles
from world import INSTANT, World

pytestmark = pytest.mark.django_db
POISON = "equipment.return_how"
NORA = Actor(ActorKind.ADVISER, "A-1")


def stumbling(claims: Sequence[Claim], *, until: datetime, without: frozenset[int]) -> Mapping[str, Again]:
    """Listen as the voice does, but fail on the poison."""
    loaded, _ = states.of(claims, until=until, without=without)
    if any(fact.kind == POISON for state in loaded.values() for fact in state.facts):
        raise ValueError("no words for this")
    return consider(claims, until=until, without=without)


def worked(*, until: datetime) -> int:
    """Deliver whatever is due by then; how often."""
    times = 0
    while (due := next_due()) is not None and due < until:
        times += deliver(stumbling, until=due + INSTANT, limit=10, owner_of=owners.of_news)
    return times


def test_a_poisonous_fact_is_set_aside_and_the_others_are_said() -> None:
    world = World()
    world.it_is("2015-02-10 09:00")
    billing, equipment = world.department("billing"), world.department("equipment")
    billing.states("closing_bill.date", "2015-03-05", as_="b1")
    equipment.states(POISON, "by post", as_="p1")
    equipment.states("equipment.penalty", {"amount": "300.00", "currency": "EUR"}, as_="q1")
    assert world.now is not None

    worked(until=world.now + timedelta(minutes=1))
    world.it_is("2015-02-13 09:00")

    lenoirs = world.customer("C-2001")
    assert lenoirs.topics_heard() == [("2015-02-12 08:00", ["equipment.penalty", "closing_bill.date"])]
    assert lenoirs.outcomes() == {"billing/b1": "said", "equipment/p1": "waiting", "equipment/q1": "said"}
    [trouble] = troubles.newest(limit=5)
    assert (trouble.fact, trouble.what, trouble.reason, trouble.owner, trouble.customer) == (
        "equipment/p1",
        "set aside",
        "ValueError: no words for this",
        "Nora Benali",
        "C-2001",
    )


@pytest.fixture
def set_aside() -> World:
    """A world in which one fact could not be handled three times."""
    world = World()
    world.it_is("2015-02-10 09:00")
    world.department("equipment").states(POISON, "by post", as_="p1")
    world.department("equipment").states("equipment.penalty", {"amount": "300.00", "currency": "EUR"}, as_="q1")
    assert world.now is not None
    worked(until=world.now + timedelta(minutes=1))
    return world


def release(fact: int, at: str, note: str = "") -> None:
    release_fact(fact=fact, note=note, by=NORA, at=datetime.fromisoformat(f"{at}+01:00"))


def test_once_the_cause_is_mended_the_fact_is_tried_again_and_said(set_aside: World) -> None:
    set_aside.it_is("2015-02-13 09:00")
    [trouble] = troubles.newest(limit=5)
    set_aside.it_is("2015-02-16 09:00")

    release(trouble.id, "2015-02-16 09:00", " The words are there now. ")

    assert troubles.newest(limit=5) == ()
    [done] = troubles.inspected(limit=5)
    assert (done.fact, done.deed, done.note, done.by) == (
        "equipment/p1",
        "tried again",
        "The words are there now.",
        "Nora Benali",
    )
    set_aside.it_is("2015-02-18 09:00")
    lenoirs = set_aside.customer("C-2001")
    assert lenoirs.outcomes() == {"equipment/p1": "said", "equipment/q1": "said"}
    assert lenoirs.topics_heard() == [
        ("2015-02-12 08:00", ["equipment.penalty"]),
        ("2015-02-17 08:00", ["equipment.return_how"]),  # settled long ago: with the next dispatch
    ]


def test_what_fails_again_is_set_aside_again_however_much_came_after_it(set_aside: World) -> None:
    [trouble] = troubles.newest(limit=5)
    for number in range(60):
        set_aside.department("shop").passes_on("visit", as_=f"v{number}")
    assert set_aside.now is not None
    worked(until=set_aside.now + timedelta(minutes=2))

    release(trouble.id, "2015-02-10 10:00")
    worked(until=datetime.fromisoformat("2015-02-10T10:01:00+01:00"))

    assert [one.fact for one in troubles.newest(limit=100) if one.what == "set aside"] == ["equipment/p1"]
    assert [failure.attempts for failure in Failure.objects.all()] == [3]


def test_a_fact_about_nobody_is_tried_again_too(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()
    world.it_is("2015-02-10 09:00")
    world.state({"source": "marketing", "event": POISON + ".price", "data": {}})
    monkeypatch.setattr(f"{__name__}.POISON", POISON + ".price")
    assert world.now is not None
    worked(until=world.now + timedelta(minutes=1))
    [trouble] = troubles.newest(limit=5)
    assert (trouble.fact, trouble.what) == ("marketing/w1", "set aside")

    release(trouble.id, "2015-02-10 10:00")
    world.it_is("2015-02-10 10:01")

    [trouble] = troubles.newest(limit=5)
    assert (trouble.fact, trouble.what) == ("marketing/w1", "not understood")


def test_only_what_is_set_aside_can_be_tried_again(set_aside: World) -> None:
    [trouble] = troubles.newest(limit=5)
    release(trouble.id, "2015-02-10 10:00")

    for fact in (trouble.id, Fact.objects.get(source_id="q1").pk, 0):
        with pytest.raises(NotSetAside):
            release(fact, "2015-02-10 10:00")

    assert Inspection.objects.count() == 1


def test_it_is_tried_three_times_and_nobody_else_waits_for_it() -> None:
    world = World()
    world.it_is("2015-02-10 09:00")
    world.department("equipment").states(POISON, "by post")
    world.department("space").passes_on("termination.requested", received_by="online", of="K-MOB-11")
    assert world.now is not None

    times = worked(until=world.now + timedelta(minutes=1))
    world.messages_leave()

    assert times == 5  # both at once, the poison twice more, then without it, and that the message left
    assert world.customer("C-1001").topics_heard() == [("2015-02-10 09:00", ["termination.requested"])]
    assert world.customer("C-2001").heard() == []
