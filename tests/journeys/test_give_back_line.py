"""What was kept for a customer at a place to which they do not move after all is free at once."""

from __future__ import annotations

from datetime import date

import pytest

from ligneclaire.journeys.actions.give_back_line import give_back_line
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.network.actions.assign_resource import Named, assign_resource
from ligneclaire.network.actions.import_network import import_network
from ligneclaire.network.actions.open_line import open_line
from ligneclaire.network.queries import lines, resources
from ligneclaire.network.states import ResourceKind, Technology
from ligneclaire.network.values import LineEntry, ResourceEntry
from world import World

pytestmark = pytest.mark.django_db
LINE, NUMBER, THERE = "K-FIX-7", "+33465710402", "63510-D4-017"
TO = "3 rue du Four, 63510 Malintrat"


@pytest.fixture
def world() -> World:
    """Mme Roussel has a line."""
    world = World()
    world.it_is("2015-02-10 09:00")
    return world


def gives_back(world: World, place: str = TO) -> str:
    assert world.now
    return give_back_line(contract=LINE, place=place, because="space/x1", by=SYSTEM, at=world.now)


def wishes(world: World) -> str:
    assert world.now
    return open_line(contract=LINE, customer="C-4001", place=TO, by=SYSTEM, at=world.now)


def test_the_new_line_is_over_and_its_pair_and_its_number_are_free_for_others(world: World) -> None:
    assert world.now
    line = wishes(world)
    import_network(resources=[ResourceEntry(code=NUMBER, kind=ResourceKind.NUMBER)], by=SYSTEM, at=world.now)
    for code in (NUMBER, THERE):
        assign_resource(line=line, choice=Named(resource=code), because="order", by=SYSTEM, at=world.now)
    world.it_is("2015-02-10 10:00")

    assert (gives_back(world, TO.upper()), gives_back(world)) == (line, "")
    assert [one.code for one in lines.going_on(LINE)] == [LINE]
    assert [card and card.holding for card in map(resources.card, (NUMBER, THERE))] == [None, None]


def test_a_line_elsewhere_and_the_only_line_stay(world: World) -> None:
    wishes(world)
    elsewhere = gives_back(world, "8 avenue Julien, 63000 Clermont-Ferrand")
    gives_back(world)
    [only] = lines.going_on(LINE)

    assert (elsewhere, gives_back(world, only.place)) == ("", "")
    assert [one.code for one in lines.going_on(LINE)] == [LINE]


def test_a_mobile_line_is_no_line_at_a_place(world: World) -> None:
    assert world.now
    entry = LineEntry(
        code="K-FIX-7-M",
        customer="C-4001",
        contract=LINE,
        technology=Technology.MOBILE,
        since=date(2015, 2, 9),
        place=TO,
    )
    import_network(lines=[entry], by=SYSTEM, at=world.now)

    assert gives_back(world) == ""
