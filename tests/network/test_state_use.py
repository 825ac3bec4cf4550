from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from builders import a_world
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.network.actions.assign_resource import NoSuchLine, NoSuchResource
from ligneclaire.network.actions.finish_build import NoSuchOrder, finish_build
from ligneclaire.network.actions.open_difference import open_difference
from ligneclaire.network.actions.order_build import DueBefore, NotBuilt, order_build
from ligneclaire.network.actions.settle_difference import NoteMissing, NotOpen, settle_difference
from ligneclaire.network.actions.state_use import NothingStated, Stated, state_use
from ligneclaire.network.models import BuildOrder, Difference
from ligneclaire.network.queries import differences, lines, resources
from ligneclaire.network.states import DifferenceKind, ResourceKind
from network.street import BOX, FIELD, HER_PAIR, LATER, NOW, a_line, finds, gives, holder, more_pairs

pytestmark = pytest.mark.django_db
SOON = date(2015, 3, 5)
HUGO = Actor(ActorKind.ADVISER, "A-2")


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


def states(line: str, resource: str) -> Stated:
    return state_use(line=line, resource=resource, because="visit", look_by=SOON, by=FIELD, at=LATER)


def orders(line: str, *, due_on: date = SOON) -> str:
    return order_build(line=line, site=BOX, kind=ResourceKind.PAIR, due_on=due_on, by=FIELD, at=NOW)


def test_what_the_technician_found_is_what_the_records_say_from_then_on() -> None:
    more_pairs("63510-D4-019")
    gives(a_line("L-1"), "63510-D4-019")

    assert states("L-1", HER_PAIR) == Stated(before="63510-D4-019", now=HER_PAIR)
    assert (holder(HER_PAIR), holder("63510-D4-019")) == ("L-1", "")


def test_what_was_never_recorded_is_recorded() -> None:
    assert states(a_line("L-1"), HER_PAIR) == Stated(before="", now=HER_PAIR)
    assert states("L-1", HER_PAIR) == Stated(before=HER_PAIR, now=HER_PAIR)


def test_a_pair_of_somebody_unknown_is_of_this_line_from_then_on() -> None:
    assert states(a_line("L-1"), "63510-D4-016") == Stated(before="", now="63510-D4-016")
    assert [held.line for held in resources.history("63510-D4-016")] == ["", "L-1"]


def test_what_would_hurt_another_customer_is_that_customers_question_first() -> None:
    gives(a_line("L-1", customer="C-4001"), HER_PAIR)

    stated = states(a_line("L-2"), HER_PAIR)

    [asked] = differences.open_of({"A-2"}, limit=10)
    assert stated == Stated(before="", now="", difference=asked.uuid)
    assert (asked.kind, asked.customer, asked.line) == (DifferenceKind.WRONG_LINE, "C-4001", "L-1")
    assert (asked.owner, asked.due_on, asked.note) == ("A-2", SOON, "L-2: visit")
    assert (holder(HER_PAIR), lines.held_by("L-2", ResourceKind.PAIR)) == ("L-1", "")
    assert states("L-2", HER_PAIR).difference == asked.uuid


def test_a_visit_says_what_it_left_in_use() -> None:
    with pytest.raises(NothingStated):
        states(a_line("L-1"), "")
    with pytest.raises(NoSuchLine):
        states("L-2", HER_PAIR)
    with pytest.raises(NoSuchResource):
        states("L-1", "63510-D4-999")


def test_a_question_is_settled_once_with_what_was_found() -> None:
    asked = open_difference(
        kind=DifferenceKind.SILENT, resource=HER_PAIR, line="", note="", due_on=SOON, by=SYSTEM, at=NOW
    )

    with pytest.raises(NoteMissing):
        settle_difference(difference=asked, note=" ", by=HUGO, at=LATER)
    settle_difference(difference=asked, note=" A loose wire. ", by=HUGO, at=LATER)
    with pytest.raises(NotOpen):
        settle_difference(difference=asked, note="again", by=HUGO, at=LATER)

    row = Difference.objects.get(uuid=asked)
    assert (row.state, row.note, row.closed_by, row.closed_at) == ("settled", "A loose wire.", "adviser:A-2", LATER)
    assert differences.open_of(limit=10) == ()
    with pytest.raises(NotOpen):
        settle_difference(difference=UUID(int=7), note="what?", by=HUGO, at=LATER)


def test_where_nothing_is_free_something_is_built_by_a_day() -> None:
    finds(a_line("L-1", customer="C-4001"))

    order = orders(a_line("L-2"))

    row = BuildOrder.objects.get()
    assert (row.reference, row.site_id, row.line_id, row.due_on, row.state) == (order, BOX, "L-2", SOON, "open")
    assert orders("L-2", due_on=SOON + timedelta(days=9)) == order


def test_what_is_built_is_the_lines() -> None:
    order = orders(a_line("L-2"))

    assert finish_build(order=order, built=["63510-D4-000", "63510-D4-001"], by=FIELD, at=LATER) == "63510-D4-000"
    assert BuildOrder.objects.get().state == "built"
    with pytest.raises(NoSuchOrder):
        finish_build(order=order, built=[], by=FIELD, at=LATER)
    assert orders("L-2") != order


def test_an_order_names_a_line_a_site_and_a_later_day() -> None:
    a_line("L-1")
    with pytest.raises(DueBefore):
        orders("L-1", due_on=NOW.date())
    with pytest.raises(NotBuilt):
        orders("L-7")
    with pytest.raises(NotBuilt):
        order_build(line="L-1", site="X", kind=ResourceKind.PAIR, due_on=SOON, by=FIELD, at=NOW)
    with pytest.raises(NotBuilt):
        order_build(line="L-1", site=BOX, kind=ResourceKind.SIM, due_on=SOON, by=FIELD, at=NOW)

    assert not BuildOrder.objects.exists()
