"""A department takes back a fact by its id alone; whom it concerned is known from the fact."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pytest

from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.voice.actions.state_facts import state_facts
from ligneclaire.voice.intake import parse
from world import World

pytestmark = pytest.mark.django_db
MORNING = datetime.fromisoformat("2015-02-10T09:00:00+01:00")
FACT: dict[str, object] = {
    "id": "b1",
    "at": "2015-02-10T08:30:00+01:00",
    "source": "billing",
    "contract": "K-ADSL-1",
    "event": "fact",
    "data": {"key": "closing_bill.date", "value": "2015-03-05"},
}
BACK: dict[str, object] = {
    "id": "b2",
    "at": "2015-02-10T08:40:00+01:00",
    "source": "billing",
    "event": "fact.withdrawn",
    "data": {"fact": "b1"},
}
WITHDRAWN = {"billing/b1": "withdrawn by billing/b2", "billing/b2": 'not for customers withdraws "b1"'}


@pytest.fixture
def world() -> World:
    world = World()
    world.it_is(MORNING)
    return world


def state(*events: dict[str, object]) -> list[str]:
    """State these events together; the answer to each."""
    taken = state_facts(items=[parse(event) for event in events], by=SYSTEM, at=MORNING)
    return [str(one.answer or one.problem) for one in taken]


def test_the_fact_is_not_said(world: World) -> None:
    assert state(FACT) == ["accepted"]
    assert state(BACK) == ["accepted"]

    world.it_is("2015-02-20 09:00")

    assert world.customer("C-2001").outcomes() == WITHDRAWN
    assert world.customer("C-2001").heard() == []


def test_what_was_told_is_told_as_taken_back(world: World) -> None:
    state(FACT)
    world.it_is("2015-02-13 09:00")
    world.state(BACK)

    world.it_is("2015-02-20 09:00")

    assert world.customer("C-2001").changes_heard() == [("closing_bill.date", "2015-03-05", None)]


@pytest.mark.parametrize("events", [(FACT, BACK), (BACK, FACT)])
def test_the_order_inside_a_file_does_not_matter(world: World, events: Sequence[dict[str, object]]) -> None:
    assert state(*events) == ["accepted", "accepted"]

    world.it_is("2015-02-20 09:00")

    assert world.customer("C-2001").outcomes() == WITHDRAWN


def test_a_fact_that_comes_later_is_taken_back_already(world: World) -> None:
    state(BACK)
    world.it_is("2015-02-11 09:00")
    world.state(FACT)

    world.it_is("2015-02-20 09:00")

    assert world.customer("C-2001").outcomes() == {"billing/b1": "withdrawn by billing/b2"}
    assert world.customer("C-2001").heard() == []


@pytest.mark.parametrize("first", [(FACT, BACK), (BACK, FACT)])
def test_the_same_again_is_known_however_it_was_understood_first(
    world: World, first: Sequence[dict[str, object]]
) -> None:
    for event in first:
        assert state(event) == ["accepted"]

    assert state(BACK) == ["already known"]
    assert state(FACT, BACK) == ["already known", "already known"]
    assert state(BACK | {"data": {"fact": "b9"}})[0].startswith("id: billing/b2 was stated before with other content")


def test_nobody_takes_back_what_another_department_stated(world: World) -> None:
    state(FACT)
    state(BACK | {"source": "contracts"})

    world.it_is("2015-02-13 09:00")

    assert world.customer("C-2001").topics_heard() == [("2015-02-12 08:00", ["closing_bill.date"])]
