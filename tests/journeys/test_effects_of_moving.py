"""Plans of lines ask somebody to come, let the customer choose when, and leave the old line when the new one works."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django.fixtures import Settings

from ligneclaire.flow.models import Journey
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.network.actions.assign_resource import Named, assign_resource
from ligneclaire.network.actions.end_line import end_line
from ligneclaire.network.actions.import_network import import_network
from ligneclaire.network.actions.order_build import order_build
from ligneclaire.network.actions.release_resource import TakenAlong
from ligneclaire.network.queries import lines, orders, resources
from ligneclaire.network.states import Condition, ResourceKind, Technology, Use
from ligneclaire.network.values import LineEntry, ResourceEntry
from ligneclaire.visits.actions.book_visit import book_visit
from ligneclaire.visits.actions.hold_slot import hold_slot
from ligneclaire.visits.actions.set_out import set_out
from ligneclaire.visits.models import Need
from ligneclaire.visits.queries import links, needs, visits
from visits.field import technicians, window
from world import World

pytestmark = pytest.mark.django_db

ROUSSEL, GARNIER, NUMBER, OTHER_NUMBER = "K-FIX-7", "K-FIX-9", "+33465710401", "+33465710402"
HERS, THERE = "63000-A1-104", "63510-D4-017"
ELSEWHERE = "8 avenue Julien, 63000 Clermont-Ferrand"
TO = "3 rue du Four, 63510 Malintrat"


@pytest.fixture
def world() -> World:
    world = World()
    world.it_is("2015-02-10 09:00")
    return world


def moves(world: World, to: str = TO, *, as_: str = "m1", until: str = "2015-02-10 09:01") -> None:
    world.department("shop").passes_on("move.requested", of=ROUSSEL, as_=as_, to=to, date="2015-02-24")
    world.it_is(until)


def is_cut(world: World, until: str = "2015-02-25 10:01") -> None:
    world.department("exchange").passes_on("line.cut", of=ROUSSEL)
    world.it_is(until)


def has(world: World, line: str, code: str, kind: ResourceKind, condition: Condition = Condition.USABLE) -> None:
    assert world.now
    import_network(resources=[ResourceEntry(code=code, kind=kind)], by=SYSTEM, at=world.now)
    assign_resource(line=line, choice=Named(resource=code), because="order", by=SYSTEM, at=world.now)
    if condition is not Condition.USABLE:
        import_network(resources=[ResourceEntry(code=code, kind=kind, condition=condition)], by=SYSTEM, at=world.now)


def is_also_at(world: World, code: str, *, technology: Technology = Technology.COPPER, since: date) -> None:
    assert world.now
    entry = LineEntry(
        code=code, customer="C-4001", contract=ROUSSEL, technology=technology, since=since, place=ELSEWHERE
    )
    import_network(lines=[entry], by=SYSTEM, at=world.now)


def going_on() -> list[str]:
    return [line.code for line in lines.going_on(ROUSSEL)]


def holder(code: str) -> str:
    card = resources.card(code)
    assert card is not None
    return card.line


def somebody_is_on_the_way(world: World, need: str) -> None:
    assert world.now
    visit = hold_slot(need=need, window=window(8, date(2015, 2, 12)), by=SYSTEM, at=world.now)
    book_visit(reference=visit, by=SYSTEM, at=world.now)
    set_out(reference=visit, by=SYSTEM, at=world.now)


def works(world: World, contract: str = ROUSSEL, pair: str = THERE) -> None:
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


def test_a_fault_while_a_move_is_under_way_is_repaired_where_the_line_is(world: World) -> None:
    moves(world)
    world.department("customer-service").passes_on("fault.reported", of=ROUSSEL, said="dead")
    world.department("technical-service").passes_on("fault.diagnosed", of=ROUSSEL, needs="visit")
    world.it_is("2015-02-10 11:00")

    assert sorted(asked(ROUSSEL)) == [("move", "K-FIX-7-2", "63"), ("repair", ROUSSEL, "63")]
    world.department("shop").takes_back("m1", of=ROUSSEL)
    world.it_is("2015-02-10 12:00")
    assert asked(ROUSSEL) == [("repair", ROUSSEL, "63")]


@pytest.mark.parametrize(("kind", "field"), [("move.requested", "to"), ("line.requested", "address")])
def test_what_was_asked_and_taken_back_leaves_no_line(world: World, kind: str, field: str) -> None:
    world.department("shop").passes_on(kind, of=ROUSSEL, as_="m1", **{field: TO})
    world.it_is("2015-02-10 09:01")
    before = going_on()
    world.department("shop").takes_back("m1", of=ROUSSEL)
    world.it_is("2015-02-10 10:00")

    assert (before, going_on()) == ([ROUSSEL, "K-FIX-7-2"], [ROUSSEL])
    assert holder(HERS) == ROUSSEL


def test_what_was_built_before_it_was_taken_back_stays_with_its_pair(world: World) -> None:
    moves(world)
    world.department("exchange").passes_on("pair.assigned", of=ROUSSEL, pair=THERE)
    world.department("shop").takes_back("m1", of=ROUSSEL)
    world.it_is("2015-02-10 10:00")

    assert going_on() == [ROUSSEL, "K-FIX-7-2"]
    assert holder(THERE) == "K-FIX-7-2"


def test_the_line_to_which_somebody_is_on_the_way_stays_although_the_move_is_taken_back(world: World) -> None:
    technicians("T-1")
    moves(world)
    [need] = needs.open_of(ROUSSEL)
    somebody_is_on_the_way(world, need.reference)
    world.department("shop").takes_back("m1", of=ROUSSEL)
    world.it_is("2015-02-10 10:00")

    assert (asked(ROUSSEL), going_on()) == ([("move", "K-FIX-7-2", "63")], [ROUSSEL, "K-FIX-7-2"])


def test_a_move_only_leaves_the_line_that_was_left_first(world: World) -> None:
    assert world.now
    is_also_at(world, "L-SECOND", since=date(2010, 5, 3))
    assign_resource(line="L-SECOND", choice=Named(resource="63000-A1-105"), because="order", by=SYSTEM, at=world.now)
    moves(world)
    works(world)
    is_cut(world)

    assert going_on() == ["L-SECOND", "K-FIX-7-3"]
    assert (holder(HERS), holder("63000-A1-105"), holder(THERE)) == ("", "L-SECOND", "K-FIX-7-3")


def test_a_mobile_line_is_no_part_of_a_move(world: World) -> None:
    moves(world)
    is_also_at(world, "M-1", technology=Technology.MOBILE, since=date(2015, 2, 11))
    world.department("field").passes_on("line.proven", of=ROUSSEL)
    assert world.now
    assign_resource(line="K-FIX-7-2", choice=Named(resource=THERE), because="order", by=SYSTEM, at=world.now)
    is_cut(world)

    assert going_on() == ["K-FIX-7-2", "M-1"]


def test_nothing_is_left_before_the_new_line_has_a_pair_in_the_records(world: World) -> None:
    moves(world)
    world.department("technical-service").passes_on("line.proven", of=ROUSSEL)
    is_cut(world)

    assert going_on() == [ROUSSEL, "K-FIX-7-2"]
    assert holder(HERS) == ROUSSEL


def test_a_contract_whose_line_has_ended_has_none_to_leave(world: World) -> None:
    assert world.now
    moves(world)
    for line in (ROUSSEL, "K-FIX-7-2"):
        end_line(
            line=line,
            ended_on=world.now.date(),
            number_rests=TakenAlong(),
            because="order",
            by=SYSTEM,
            at=world.now,
        )
    world.department("technical-service").passes_on("line.proven", of=ROUSSEL)
    is_cut(world)

    assert going_on() == []


def test_boxes_move_with_the_customer_but_for_those_that_are_broken(world: World) -> None:
    has(world, ROUSSEL, "BOX-1", ResourceKind.BOX)
    has(world, ROUSSEL, "BOX-2", ResourceKind.BOX)
    has(world, ROUSSEL, "BOX-3", ResourceKind.BOX, Condition.FAULTY)
    moves(world)
    works(world)
    is_cut(world)

    assert [holder(f"BOX-{number}") for number in (1, 2, 3)] == ["K-FIX-7-2", "K-FIX-7-2", ""]


def test_a_line_with_a_number_of_its_own_keeps_it_and_the_old_number_rests(world: World) -> None:
    has(world, ROUSSEL, NUMBER, ResourceKind.NUMBER)
    moves(world)
    has(world, "K-FIX-7-2", OTHER_NUMBER, ResourceKind.NUMBER)
    works(world)
    is_cut(world)

    assert (going_on(), holder(OTHER_NUMBER)) == (["K-FIX-7-2"], "K-FIX-7-2")
    old = resources.card(NUMBER)
    assert old
    assert old.holding
    assert old.holding.use is Use.QUARANTINE


@pytest.mark.parametrize(
    ("kind", "data"), [("move.requested", {"to": TO}), ("fault.reported", {"said": "dead"})], ids=["move", "fault"]
)
@pytest.mark.parametrize("on_the_way", ["nobody", "a technician"])
def test_nobody_comes_in_vain_once_the_line_works_but_whoever_is_on_the_way(
    world: World, kind: str, data: dict[str, str], on_the_way: str
) -> None:
    technicians("T-1")
    world.department("shop").passes_on(kind, of=ROUSSEL, **data)
    world.it_is("2015-02-10 09:05")
    world.department("technical-service").passes_on("fault.diagnosed", of=ROUSSEL, needs="visit")
    world.it_is("2015-02-10 09:10")
    [need] = needs.open_of(ROUSSEL)
    if on_the_way == "a technician":
        somebody_is_on_the_way(world, need.reference)
    world.department("technical-service").passes_on("line.proven", of=ROUSSEL)
    world.it_is("2015-02-10 10:00")

    assert [one.reference for one in needs.open_of(ROUSSEL)] == [need.reference] * (on_the_way != "nobody")
    if on_the_way == "nobody":  # before the plan is over
        assert {stage.state for stage in world.customer("C-4001").plan()} & {"open", "waiting"}


def books(world: World, need: str) -> str:
    assert world.now
    visit = hold_slot(need=need, window=window(8, date(2015, 2, 12)), by=SYSTEM, at=world.now)
    book_visit(reference=visit, by=SYSTEM, at=world.now)
    return visit


def test_a_corrected_move_moves_whoever_has_to_come_and_the_time_is_chosen_anew(
    world: World, settings: Settings
) -> None:
    settings.SITE = "https://care.example"
    technicians("T-1")
    moves(world)
    [first] = needs.open_of(ROUSSEL)
    visit = books(world, first.reference)
    world.it_is("2015-02-10 10:00")
    heard = len(world.customer("C-4001").heard())
    moves(world, ELSEWHERE, as_="m2", until="2015-02-11 10:00")

    [need] = needs.open_of(ROUSSEL)
    assert (need.line, need.place) == ("K-FIX-7-3", ELSEWHERE)
    card = visits.card(visit)
    assert card is not None
    assert card.state == "cancelled"
    told = [topic for one in world.customer("C-4001").heard()[heard:] for topic in one.topics]
    assert ("visit.at", None) in told
    assert ("visit.to_choose", f"https://care.example{links.path(need.reference)}") in told
    assert first.reference != need.reference


def test_a_correction_of_the_day_alone_moves_nobody(world: World) -> None:
    technicians("T-1")
    moves(world)
    [first] = needs.open_of(ROUSSEL)
    visit = books(world, first.reference)
    world.department("shop").passes_on("move.requested", of=ROUSSEL, to=TO.upper(), date="2015-02-27")
    world.it_is("2015-02-10 10:00")

    assert [one.reference for one in needs.open_of(ROUSSEL)] == [first.reference]
    assert [one.state for one in visits.of_need(first.reference)] == ["booked"]
    assert [one.reference for one in visits.of_need(first.reference)] == [visit]


def test_a_correction_leaves_whoever_is_on_the_way_and_whoever_comes_to_repair(world: World) -> None:
    technicians("T-1", "T-2")
    moves(world)
    [first] = needs.open_of(ROUSSEL)
    somebody_is_on_the_way(world, first.reference)
    world.department("customer-service").passes_on("fault.reported", of=ROUSSEL, said="dead")
    world.department("technical-service").passes_on("fault.diagnosed", of=ROUSSEL, needs="visit")
    world.it_is("2015-02-10 10:00")
    moves(world, ELSEWHERE, as_="m2", until="2015-02-10 11:00")

    assert sorted(asked(ROUSSEL)) == [("move", "K-FIX-7-2", "63"), ("repair", ROUSSEL, "63")]


def test_nothing_is_built_for_a_line_that_works_without_it(world: World) -> None:
    assert world.now
    world.department("shop").passes_on("line.requested", of=GARNIER, address="5 rue du Four, 63510 Malintrat")
    due_on = date(2015, 3, 20)
    order_build(line=GARNIER, site="63510-D4", kind=ResourceKind.PAIR, due_on=due_on, by=SYSTEM, at=world.now)
    world.it_is("2015-02-10 10:00")
    world.department("technical-service").passes_on("line.proven", of=GARNIER)
    world.it_is("2015-02-16 10:00")

    assert orders.open_of(GARNIER) == ()


def test_what_is_built_for_a_line_that_is_asked_for_beside_a_move_is_built_still(world: World) -> None:
    assert world.now
    moves(world)
    works(world)
    world.it_is("2015-02-10 12:00")
    world.department("shop").passes_on("line.requested", of=ROUSSEL, address=ELSEWHERE)
    kind, due_on = ResourceKind.PAIR, date(2015, 3, 20)
    order_build(line="K-FIX-7-3", site="63510-D4", kind=kind, due_on=due_on, by=SYSTEM, at=world.now)
    world.department("exchange").passes_on("number.moved", of=ROUSSEL)
    is_cut(world, "2015-03-02 10:00")

    assert [(one.kind, one.state) for one in Journey.objects.order_by("kind")] == [
        ("move_home", "done"),
        ("new_line", "running"),
    ]
    assert [one.kind for one in orders.open_of("K-FIX-7-3")] == ["pair"]


def test_nobody_comes_in_vain_to_a_new_line_that_works(world: World) -> None:
    world.department("shop").passes_on("line.requested", of=GARNIER, address="5 rue du Four, 63510 Malintrat")
    world.department("exchange").passes_on("pair.assigned", of=GARNIER, pair=THERE)
    world.it_is("2015-02-10 10:00")
    before = asked(GARNIER)
    world.department("technical-service").passes_on("line.proven", of=GARNIER)
    world.it_is("2015-02-10 11:00")

    assert (before, asked(GARNIER)) == ([("new line", GARNIER, "63")], [])
