"""A technician sets out, finds what is there, and says what is in use now; or nobody meets anybody."""

from __future__ import annotations

from datetime import date

import pytest

from builders import a_world
from ligneclaire.network.actions.assign_resource import NoSuchLine, NoSuchResource
from ligneclaire.network.actions.end_line import end_line
from ligneclaire.network.actions.import_network import import_network
from ligneclaire.network.actions.release_resource import TakenAlong
from ligneclaire.network.actions.state_use import NothingStated, Stated
from ligneclaire.network.queries import differences
from ligneclaire.network.states import ResourceKind
from ligneclaire.network.values import ResourceEntry
from ligneclaire.visits.actions.book_visit import NotHeld
from ligneclaire.visits.actions.close_visit import NoAccess, NotToCome, ResultMissing, SaysBoth, close_visit
from ligneclaire.visits.actions.miss_visit import NotYetMissed, miss_visit
from ligneclaire.visits.actions.move_visit import NotBooked
from ligneclaire.visits.actions.set_out import set_out
from ligneclaire.visits.models import Need, Visit
from ligneclaire.visits.states import MissedBy, Purpose, VisitState
from network.street import HER_PAIR, NOW, a_line, gives, holder, more_pairs
from visits.field import FIELD, MINUTE, a_need, a_visit, at, books, card, free_on, holds, recorded, state, technicians

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()
    technicians("T-1")


def closes(visit: str, resource: str = "", *, none_because: str = "", result: str = "New socket.") -> Stated | None:
    return close_visit(reference=visit, result=result, resource=resource, none_because=none_because, by=FIELD, at=at(9))


def misses(visit: str, by: MissedBy = MissedBy.CUSTOMER, *, hour: int = 10) -> None:
    miss_visit(reference=visit, missed_by=by, by=FIELD, at=at(hour))


def test_who_sets_out_says_so_once() -> None:
    visit = a_visit()

    set_out(reference=visit, by=FIELD, at=at(7))
    set_out(reference=visit, by=FIELD, at=at(7))

    assert state(visit) is VisitState.ON_THE_WAY
    assert [kind for kind, _ in recorded()] == ["visits.booked", "visit.repair_at", "visits.set_out"]
    with pytest.raises(NotBooked):
        set_out(reference=holds(a_need("K-FIX-7"), 10), by=FIELD, at=at(7))


def test_what_was_used_is_what_the_records_say_from_then_on() -> None:
    more_pairs("63510-D4-019")
    gives(a_line("L-2"), "63510-D4-019")
    visit = a_visit(line="L-2")

    stated = closes(visit, f" {HER_PAIR.lower()} ")

    assert stated == Stated(before="63510-D4-019", now=HER_PAIR)
    assert (holder(HER_PAIR), holder("63510-D4-019")) == ("L-2", "")
    done = card(visit)
    assert (done.state, done.result, done.resource, done.none_because) == (VisitState.DONE, "New socket.", HER_PAIR, "")
    assert recorded()[-1] == ("visit.closed", {"purpose": "repair", "result": "New socket.", "pair": HER_PAIR})
    assert Need.objects.get().closed_at == at(9)
    assert "Tue 08-10: 1" not in free_on()


def test_closing_again_with_the_same_words_changes_nothing_and_with_others_is_refused() -> None:
    a_line("L-2")
    visit = a_visit(line="L-2")
    closes(visit, HER_PAIR)
    before = recorded()

    assert closes(visit, HER_PAIR) is None
    with pytest.raises(NotToCome):
        closes(visit, none_because="Nothing there.")

    assert recorded() == before


def test_a_visit_that_left_nothing_in_use_says_why() -> None:
    visit = a_visit()

    assert closes(visit, none_because="The street is flooded.") is None

    assert recorded()[-1] == (
        "visit.closed",
        {"purpose": "repair", "result": "New socket.", "none_because": "The street is flooded."},
    )
    assert card(visit).none_because == "The street is flooded."


def test_a_visit_that_left_nothing_in_use_is_needed_again_and_another_time_can_be_chosen() -> None:
    visit = a_visit()
    closes(visit, none_because="The street is flooded.")

    assert Need.objects.get().closed_at is None
    again = holds(a_need(), 10, day=at(10).date().replace(day=4), when=at(10))
    books(again, when=at(10) + MINUTE)
    assert (card(again).need, state(again), state(visit)) == (card(visit).need, VisitState.BOOKED, VisitState.DONE)


def test_equipment_needs_no_pair_and_is_done_without_one() -> None:
    need = a_need(purpose=Purpose.EQUIPMENT)
    visit = holds(need, 8)
    books(visit)

    closes(visit, none_because="A new box.")

    assert Need.objects.get().closed_at == at(9)


def test_a_visit_cannot_be_closed_without_saying_what_was_used() -> None:
    a_line("L-2")
    visit = a_visit(line="L-2")
    import_network(resources=[ResourceEntry(code="BOX-1", kind=ResourceKind.BOX)], by=FIELD, at=NOW)

    with pytest.raises(NothingStated):
        closes(visit)
    with pytest.raises(ResultMissing):
        closes(visit, HER_PAIR, result=" ")
    with pytest.raises(SaysBoth):
        closes(visit, HER_PAIR, none_because="Nothing there.")
    with pytest.raises(NoAccess):
        closes(visit, "BOX-1")
    with pytest.raises(NoSuchResource):
        closes(visit, "63510-D4-999")

    assert state(visit) is VisitState.BOOKED
    assert [kind for kind, _ in recorded()] == ["visits.booked", "visit.repair_at"]


def test_what_another_customer_would_lose_is_their_question_first() -> None:
    gives(a_line("L-1", customer="C-4001"), HER_PAIR)
    a_line("L-2")
    visit = a_visit(line="L-2")

    stated = closes(visit, HER_PAIR)

    [asked] = differences.open_of(limit=10)
    assert stated == Stated(before="", now="", difference=asked.uuid)
    assert (asked.customer, asked.due_on, asked.note) == ("C-4001", date(2015, 3, 4), f"L-2: {visit}")
    assert holder(HER_PAIR) == "L-1"
    assert state(visit) is VisitState.DONE


def test_a_line_that_came_after_the_visit_was_asked_for_is_found_by_its_contract() -> None:
    visit = a_visit()
    with pytest.raises(NoSuchLine):
        closes(visit, HER_PAIR)
    a_line("L-2")

    closes(visit, HER_PAIR)

    assert holder(HER_PAIR) == "L-2"


def test_what_a_repair_found_is_given_to_the_line_of_its_need_and_not_to_a_newer_one() -> None:
    a_line("L-1")
    visit = a_visit(line="L-1")
    a_line("L-2")

    closes(visit, HER_PAIR)

    assert holder(HER_PAIR) == "L-1"


def test_a_repair_that_knew_no_line_is_of_the_newest_that_has_a_pair() -> None:
    more_pairs("63510-D4-019")
    gives(a_line("L-1"), "63510-D4-019")
    a_line("L-2")

    closes(a_visit(), HER_PAIR)

    assert (holder(HER_PAIR), holder("63510-D4-019")) == ("L-1", "")


def test_what_was_found_where_the_line_of_the_need_has_ended_is_of_the_line_that_the_contract_has() -> None:
    visit = a_visit(line=a_line("L-1"))
    a_line("L-2")
    end_line(line="L-1", ended_on=NOW.date(), number_rests=TakenAlong(), because="order", by=FIELD, at=NOW)

    closes(visit, HER_PAIR)

    assert holder(HER_PAIR) == "L-2"


def test_closing_gives_up_what_was_held_to_move_it() -> None:
    visit = a_visit()
    holds(a_need(), 15)

    closes(visit, none_because="It works.")

    assert [row.reference for row in Visit.objects.all()] == [visit]


def test_a_visit_is_missed_by_somebody_and_another_time_can_be_chosen() -> None:
    visit = a_visit()

    misses(visit)
    misses(visit)

    assert (state(visit), card(visit).missed_by) == (VisitState.MISSED, MissedBy.CUSTOMER)
    assert recorded()[-1] == ("visit.missed", {"by": "customer", "purpose": "repair"})
    assert [kind for kind, _ in recorded()] == ["visits.booked", "visit.repair_at", "visits.missed", "visit.missed"]
    again = holds(a_need(), 10, day=at(10).date().replace(day=4), when=at(10))
    books(again, when=at(10) + MINUTE)
    assert state(again) is VisitState.BOOKED


def test_a_visit_is_missed_once_and_not_before_it_begins() -> None:
    visit = a_visit()

    with pytest.raises(NotYetMissed):
        misses(visit, hour=7)
    misses(visit, MissedBy.OPERATOR)
    with pytest.raises(NotToCome):
        misses(visit, MissedBy.CUSTOMER)
    with pytest.raises(NotToCome):
        closes(visit, HER_PAIR)
    with pytest.raises(NotHeld):
        books(visit, when=at(10))

    assert card(visit).missed_by is MissedBy.OPERATOR
