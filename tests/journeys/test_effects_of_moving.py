"""Plans of lines ask somebody to come, let the customer choose when, and leave the old line when the new one works."""

from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.network.actions.assign_resource import Named, assign_resource
from ligneclaire.network.actions.import_network import import_network
from ligneclaire.network.queries import lines, resources
from ligneclaire.network.states import ResourceKind
from ligneclaire.network.values import ResourceEntry
from ligneclaire.visits.models import Need
from ligneclaire.visits.queries import links, needs
from world import World

pytestmark = pytest.mark.django_db

ROUSSEL, GARNIER, NUMBER = "K-FIX-7", "K-FIX-9", "+33465710401"
TO = "3 rue du Four, 63510 Malintrat"


@pytest.fixture
def world() -> World:
    world = World()
    world.it_is("2015-02-10 09:00")
    return world


def moves(world: World) -> None:
    world.department("shop").passes_on("move.requested", of=ROUSSEL, as_="m1", to=TO, date="2015-02-24")
    world.it_is("2015-02-10 09:01")


def works(world: World, contract: str = ROUSSEL, pair: str = "63510-D4-017") -> None:
    world.department("field").passes_on("visit.closed", of=contract, result="line works", pair=pair)


def asked(contract: str) -> list[tuple[str, str, str]]:
    return [(str(one.purpose), one.line, one.territory) for one in needs.open_of(contract)]


def test_a_move_asks_for_a_visit_at_the_new_place_and_tells_where_to_choose_it(
    world: World, settings: Settings
) -> None:
    settings.SITE = "https://care.example"
    moves(world)
    world.it_is("2015-02-11 09:00")

    [need] = needs.open_of(ROUSSEL)
    assert asked(ROUSSEL) == [("move", "K-FIX-7-2", "63")]
    [letter, *_] = world.customer("C-4001").heard()
    assert ("visit.to_choose", f"https://care.example{links.path(need.reference)}") in letter.topics


def test_without_an_address_of_our_pages_no_link_is_told(world: World) -> None:
    moves(world)
    world.it_is("2015-02-13 09:00")

    assert asked(ROUSSEL) == [("move", "K-FIX-7-2", "63")]
    assert {key for _, keys in world.customer("C-4001").topics_heard() for key in keys} == {
        *("move.requested", "line.works_on")
    }


def test_a_new_line_is_visited_once_it_has_a_pair(world: World) -> None:
    world.department("shop").passes_on("line.requested", of=GARNIER, address="5 rue du Four, 63510 Malintrat")
    world.it_is("2015-02-10 10:00")
    before = asked(GARNIER)
    world.department("exchange").passes_on("pair.assigned", of=GARNIER, pair="63510-D4-017")
    world.it_is("2015-02-10 11:00")

    assert (before, asked(GARNIER)) == ([], [("new line", GARNIER, "63")])


def test_a_fault_is_visited_when_the_diagnosis_asks_for_it(world: World) -> None:
    world.department("customer-service").passes_on("fault.reported", of=ROUSSEL, said="dead")
    world.it_is("2015-02-10 10:00")
    before = asked(ROUSSEL)
    world.department("technical-service").passes_on("fault.diagnosed", of=ROUSSEL, needs="visit")
    world.it_is("2015-02-10 11:00")

    assert (before, asked(ROUSSEL)) == ([], [("repair", ROUSSEL, "63")])


def test_nobody_is_asked_to_a_contract_of_which_the_records_know_no_line(world: World) -> None:
    world.department("customer-service").passes_on("fault.reported", of=GARNIER, said="dead")
    world.department("technical-service").passes_on("fault.diagnosed", of=GARNIER, needs="visit")
    world.it_is("2015-02-10 11:00")

    assert Need.objects.count() == 0


def test_once_the_plan_is_over_nobody_has_to_come_any_more(world: World) -> None:
    moves(world)
    world.department("shop").takes_back("m1", of=ROUSSEL)
    world.it_is("2015-02-10 10:00")

    assert asked(ROUSSEL) == []
    assert Need.objects.exclude(closed_at=None).count() == 1


def test_when_the_old_line_is_cut_it_ends_and_the_number_follows(world: World) -> None:
    assert world.now
    import_network(resources=[ResourceEntry(code=NUMBER, kind=ResourceKind.NUMBER)], by=SYSTEM, at=world.now)
    assign_resource(line=ROUSSEL, choice=Named(resource=NUMBER), because="order", by=SYSTEM, at=world.now)
    moves(world)
    world.it_is("2015-02-24 10:00")
    works(world)
    world.it_is("2015-02-25 10:00")
    stays = [one.until for one in lines.of_contracts([ROUSSEL])]
    world.department("exchange").passes_on("line.cut", of=ROUSSEL)
    world.it_is("2015-02-25 10:01")

    assert stays == [None, None]
    assert [(one.code, one.until and str(one.until)) for one in lines.of_contracts([ROUSSEL])] == [
        (ROUSSEL, "2015-02-25"),
        ("K-FIX-7-2", None),
    ]
    cards = {code: resources.card(code) for code in ("63000-A1-104", "63510-D4-017", NUMBER)}
    assert {code: card and card.line for code, card in cards.items()} == {
        "63000-A1-104": "",
        "63510-D4-017": "K-FIX-7-2",
        NUMBER: "K-FIX-7-2",
    }
    [carried] = [stage for stage in world.customer("C-4001").plan() if stage.step == "carry_over"]
    assert carried.state == "done"
