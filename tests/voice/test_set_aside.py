"""A fact that the voice cannot handle is set aside with an owner; everything else about its customer is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import pytest

from ligneclaire.facts.delivery import Again, Claim, deliver, next_due
from ligneclaire.people.queries import owners
from ligneclaire.voice.handlers import consider
from ligneclaire.voice.queries import states, troubles
from world import INSTANT, World

pytestmark = pytest.mark.django_db
POISON = "equipment.return_how"


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
