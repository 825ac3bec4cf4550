"""A move is taken back as long as the customer can stay: by them in their space, or by a department for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from uuid import uuid4

import pytest

from ligneclaire.facts.models import Fact
from ligneclaire.facts.stated import Answer
from ligneclaire.flow.models import Journey
from ligneclaire.journeys.plans.proofs import MOVE
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.network.queries import lines, resources
from ligneclaire.visits.actions.book_visit import book_visit
from ligneclaire.visits.actions.hold_slot import hold_slot
from ligneclaire.visits.actions.set_out import set_out
from ligneclaire.visits.queries import needs, visits
from ligneclaire.voice.actions.ask_online import NotTheirs, ask_online
from ligneclaire.voice.actions.state_facts import Taken
from ligneclaire.voice.actions.take_back_move import MovesAlready, take_back_move
from ligneclaire.voice.queries.moves import WhyNot
from visits.field import technicians, window
from world import World

pytestmark = pytest.mark.django_db
LINE, HERS, THERE = "K-FIX-7", "63000-A1-104", "63510-D4-017"
ROUSSEL = Actor(ActorKind.CUSTOMER, "C-4001")
TO = "3 rue du Four, 63510 Malintrat"


@pytest.fixture
def world() -> World:
    """Mme Roussel asks for a move on a Tuesday morning."""
    world = World()
    world.it_is("2015-02-10 09:00")
    return world


def now(world: World) -> datetime:
    assert world.now
    return world.now


def moves(world: World, **more: object) -> None:
    value = {"to": TO, "date": "2015-02-24", "signed": True, "received_by": "online", **more}
    ask_online(form=uuid4(), asks=MOVE, contract=LINE, value=value, by=ROUSSEL, at=now(world))
    world.it_is("2015-02-10 09:01")


def books(world: World) -> str:
    technicians("T-1")
    [need] = needs.open_of(LINE)
    visit = hold_slot(need=need.reference, window=window(8, date(2015, 2, 12)), by=ROUSSEL, at=now(world))
    book_visit(reference=visit, by=ROUSSEL, at=now(world))
    world.it_is("2015-02-10 10:00")
    return visit


def takes_back(world: World, *, by: Actor = ROUSSEL, contract: str = LINE) -> None:
    take_back_move(contract=contract, by=by, at=now(world))


def says_for_them(world: World) -> Taken:
    return world.department("customer-service").passes_on("move.withdrawn", of=LINE, as_="", received_by="letter")


def going_on() -> list[str]:
    return [line.code for line in lines.going_on(LINE)]


def test_a_move_that_is_taken_back_ends_frees_all_that_was_kept_for_it_and_is_said_in_one_message(world: World) -> None:
    moves(world)
    world.department("exchange").passes_on("pair.assigned", of=LINE, pair=THERE)
    visit = books(world)
    before, heard = going_on(), len(world.customer("C-4001").heard())
    world.it_is("2015-02-10 11:00")
    takes_back(world)
    world.it_is("2015-02-10 11:01")

    assert before == [LINE, "K-FIX-7-2"]
    assert (going_on(), needs.open_of(LINE)) == ([LINE], ())
    assert [resources.history(code)[-1].line for code in (HERS, THERE)] == [LINE, "K-FIX-7-2"]
    there, card = resources.card(THERE), visits.card(visit)
    assert there is not None
    assert card is not None
    assert (there.holding, card.state) == (None, "cancelled")
    assert [(one.kind, one.state) for one in Journey.objects.all()] == [("move_home", "cancelled")]
    world.it_is("2015-03-10 09:00")
    says = {"move.withdrawn": {"received_by": "online"}, "line.works_on": None, "visit.at": None}
    assert [(one.left_at, one.channel, dict(one.topics)) for one in world.customer("C-4001").heard()[heard:]] == [
        ("2015-02-10 11:00", "email", says),
        ("2015-02-10 11:00", "sms", says),  # the same message: it takes back a day that is near
    ]


def test_taking_it_back_again_changes_nothing(world: World) -> None:
    moves(world)
    takes_back(world)
    world.it_is("2015-02-10 09:10")
    takes_back(world)

    assert Fact.objects.filter(kind="move.withdrawn").count() == 1


def test_what_was_taken_back_can_be_asked_for_again_and_taken_back_again(world: World) -> None:
    moves(world)
    takes_back(world)
    world.it_is("2015-02-11 09:00")
    moves_again = {"to": TO, "date": "2015-03-02", "signed": True, "received_by": "online"}
    ask_online(form=uuid4(), asks=MOVE, contract=LINE, value=moves_again, by=ROUSSEL, at=now(world))
    world.it_is("2015-02-11 09:01")
    meanwhile = going_on()
    takes_back(world)
    world.it_is("2015-02-11 09:02")

    assert (meanwhile, going_on()) == ([LINE, "K-FIX-7-3"], [LINE])
    assert [one.state for one in Journey.objects.order_by("id")] == ["cancelled", "cancelled"]


def test_a_department_takes_it_back_for_them_and_the_same_word_again_is_known(world: World) -> None:
    moves(world)
    answers = [
        world.department("customer-service").passes_on("move.withdrawn", of=LINE, as_="x1", received_by="letter").answer
        for _ in range(2)
    ]
    world.it_is("2015-02-10 09:10")

    assert answers == [Answer.ACCEPTED, Answer.KNOWN]
    assert [one.state for one in Journey.objects.all()] == ["cancelled"]


def nothing(_: World) -> None:
    """No move was asked for."""


def new_line_works(world: World) -> None:
    moves(world)
    world.department("exchange").passes_on("line.proven", of=LINE)


def old_line_is_cut(world: World) -> None:
    moves(world, date="2015-02-10", cut_first=True)
    world.department("exchange").passes_on("line.cut", of=LINE)


def somebody_is_on_the_way(world: World) -> None:
    moves(world)
    set_out(reference=books(world), by=SYSTEM, at=now(world))


@pytest.mark.parametrize(
    ("happens", "why"),
    [
        (nothing, WhyNot.NONE),
        (new_line_works, WhyNot.WORKS),
        (old_line_is_cut, WhyNot.CUT),
        (somebody_is_on_the_way, WhyNot.ON_THE_WAY),
    ],
)
def test_past_the_point_of_no_return_it_is_refused_with_its_reason(
    world: World, happens: Callable[[World], None], why: WhyNot
) -> None:
    happens(world)

    with pytest.raises(MovesAlready) as refused:
        takes_back(world)
    said = says_for_them(world)

    assert refused.value.why is why
    assert said.problem
    assert (said.problem.field, said.problem.reason) == ("event", str(why))
    assert Fact.objects.filter(kind="move.withdrawn").count() == 0


def test_a_line_cut_by_mistake_does_not_keep_a_customer_from_staying_and_is_restored(world: World) -> None:
    moves(world)
    world.department("exchange").passes_on("line.cut", of=LINE)
    world.it_is("2015-02-10 10:00")
    takes_back(world)
    world.it_is("2015-02-10 10:01")

    assert sorted((one.kind, str(one.state)) for one in Journey.objects.all()) == [
        ("fix_fault", "running"),
        ("move_home", "cancelled"),
    ]


def test_nobody_takes_back_what_is_not_theirs(world: World) -> None:
    moves(world)

    with pytest.raises(NotTheirs):
        takes_back(world, by=Actor(ActorKind.CUSTOMER, "C-4002"))

    assert Fact.objects.filter(kind="move.withdrawn").count() == 0
