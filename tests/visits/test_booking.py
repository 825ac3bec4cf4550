"""A customer chooses a time, confirms it, and changes their mind."""

from __future__ import annotations

import pytest

from builders import a_world
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.visits.actions.ask_visit import LineOfAnother, NoSuchNeed
from ligneclaire.visits.actions.book_visit import HasOne, NotHeld
from ligneclaire.visits.actions.cancel_visit import TooLateToCancel, cancel_visit
from ligneclaire.visits.actions.end_need import end_need
from ligneclaire.visits.actions.hold_slot import SlotGone
from ligneclaire.visits.actions.move_visit import NotBooked, TooLateToMove, move_visit
from ligneclaire.visits.actions.set_out import set_out
from ligneclaire.visits.actions.take_time_off import take_time_off
from ligneclaire.visits.locked import NoSuchVisit
from ligneclaire.visits.models import Need, Visit
from ligneclaire.visits.queries import needs
from ligneclaire.visits.states import Gone, Purpose, VisitState
from ligneclaire.visits.values import Window
from network.street import HER_PAIR, NOW, a_line, gives
from visits.field import (
    ADVISER,
    CUSTOMER,
    DAY,
    FIELD,
    HOUR,
    MINUTE,
    MONDAY,
    TUESDAY,
    a_need,
    a_visit,
    at,
    books,
    card,
    free_on,
    holds,
    recorded,
    state,
    technicians,
)

pytestmark = pytest.mark.django_db
SUNDAY = TUESDAY + 5 * DAY
LATE = at(10) - 12 * HOUR + MINUTE


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()
    technicians("T-1")


def moves(visit: str, to: str, *, by: object = CUSTOMER, when: object = NOW) -> None:
    move_visit(reference=visit, to=to, by=by, at=when)  # type: ignore[arg-type]  # as given


def gone(need: str, hour: int, **more: object) -> Gone:
    with pytest.raises(SlotGone) as refused:
        holds(need, hour, **more)  # type: ignore[arg-type]  # as given
    return refused.value.reason


def test_a_time_is_held_for_a_quarter_of_an_hour_and_then_booked() -> None:
    reference = holds(a_need())
    held = card(reference)
    assert (held.state, held.held_until, held.technician) == (VisitState.HELD, NOW + 15 * MINUTE, "T-1")
    assert (held.starts, held.ends) == (at(8), at(10))

    books(reference, when=NOW + MINUTE)
    books(reference, when=NOW + MINUTE)

    assert (state(reference), card(reference).held_until) == (VisitState.BOOKED, None)
    times = {"from": "2015-03-03T08:00:00+01:00", "to": "2015-03-03T10:00:00+01:00"}
    booked = {"visit": reference, "purpose": "repair", "line": "", "technician": "T-1"}
    assert recorded() == [("visits.booked", booked | times), ("visit.repair_at", times)]


def test_the_same_choice_again_is_the_same_hold_and_another_gives_the_first_up() -> None:
    need = a_need()
    first = holds(need, 8)

    assert holds(need, 8, when=NOW + MINUTE) == first
    second = holds(need, 10, when=NOW + MINUTE)

    assert [row.reference for row in Visit.objects.all()] == [second]
    assert free_on(when=NOW + MINUTE) == ["Tue 08-10: 1", "Tue 13-15: 1", "Tue 15-17: 1"]


def test_work_goes_to_whoever_has_least_to_do_that_day() -> None:
    technicians("T-2")

    assert card(a_visit(8)).technician == "T-1"
    assert card(holds(a_need("K-FIX-7"), 10)).technician == "T-2"


def test_a_time_that_somebody_has_is_gone() -> None:
    a_visit(8)

    assert gone(a_need("K-FIX-7"), 8) is Gone.TAKEN
    assert Visit.objects.count() == 1


def test_what_cannot_be_had_says_why_and_what_was_held_stays() -> None:
    need = a_need()
    held = holds(need, 8)

    assert gone(need, 10, day=MONDAY) is Gone.TOO_SOON
    assert gone(need, 8, day=SUNDAY) is Gone.NOT_OFFERED
    assert gone(need, 9) is Gone.NOT_OFFERED
    take_time_off(technician="T-1", window=Window(starts=at(15), ends=at(16)), by=FIELD, at=NOW)
    assert gone(need, 15) is Gone.TAKEN
    assert state(held) is VisitState.HELD


def test_a_hold_that_is_over_gives_its_time_to_whoever_asks_next() -> None:
    late = holds(a_need(), 8)
    other = a_need("K-FIX-7")
    assert gone(other, 8, when=NOW + 14 * MINUTE) is Gone.TAKEN

    theirs = holds(other, 8, when=NOW + 15 * MINUTE)

    assert [row.reference for row in Visit.objects.all()] == [theirs]
    with pytest.raises(SlotGone) as refused:
        books(late, when=NOW + 16 * MINUTE)
    assert refused.value.reason is Gone.OVER
    assert recorded() == []


def test_who_confirms_late_still_has_the_time_while_nobody_else_asked_for_it() -> None:
    late = holds(a_need(), 8)

    books(late, when=NOW + 3 * HOUR)

    assert state(late) is VisitState.BOOKED
    assert gone(a_need("K-FIX-7"), 8, when=NOW + 3 * HOUR) is Gone.TAKEN


def test_nobody_books_what_has_begun() -> None:
    late = holds(a_need(), 8)

    with pytest.raises(SlotGone):
        books(late, when=at(8))

    assert state(late) is VisitState.HELD


def test_a_hold_of_ones_own_that_is_over_is_simply_held_again() -> None:
    need = a_need()
    first = holds(need, 8)

    again = holds(need, 8, when=NOW + HOUR)

    assert again != first
    assert card(again).held_until == NOW + HOUR + 15 * MINUTE


def test_a_need_has_one_visit_to_come() -> None:
    visit = a_visit(8)
    second = holds(a_need(), 10)

    with pytest.raises(HasOne) as refused:
        books(second)

    assert refused.value.values == {"reference": visit}


def test_a_visit_is_moved_to_a_time_that_was_held_and_keeps_its_reference() -> None:
    visit = a_visit(8)

    moves(visit, holds(a_need(), 15))

    moved = card(visit)
    assert (moved.starts, moved.ends, moved.sequence, moved.state) == (at(15), at(17), 1, VisitState.BOOKED)
    assert [row.reference for row in Visit.objects.all()] == [visit]
    assert [kind for kind, _ in recorded()] == ["visits.booked", "visit.repair_at", "visits.moved", "visit.repair_at"]
    assert recorded()[-1][1] == {"from": "2015-03-03T15:00:00+01:00", "to": "2015-03-03T17:00:00+01:00"}
    assert free_on() == ["Tue 08-10: 1", "Tue 10-12: 1", "Tue 13-15: 1"]


def test_a_customer_moves_a_visit_until_twelve_hours_before_and_the_house_later_too() -> None:
    visit = a_visit(10)
    later = holds(a_need(), 15, when=LATE, day=TUESDAY)

    with pytest.raises(TooLateToMove):
        moves(visit, later, when=LATE)
    moves(visit, later, by=ADVISER, when=LATE)

    assert card(visit).starts == at(15)


def test_a_visit_moves_only_to_what_is_held_for_it() -> None:
    visit = a_visit(8)
    of_another = holds(a_need("K-FIX-7"), 10)

    for reference in (of_another, "LC-0000-0000", visit):
        with pytest.raises(SlotGone):
            moves(visit, reference)
    held = holds(a_need(), 15)
    with pytest.raises(SlotGone):
        moves(visit, held, by=ADVISER, when=at(15))
    with pytest.raises(NotBooked):
        moves(held, held)

    assert card(visit).starts == at(8)


def test_who_cancels_takes_back_every_time_that_was_said() -> None:
    visit = a_visit(8)
    moves(visit, holds(a_need(), 15))

    cancel_visit(reference=visit, by=CUSTOMER, at=NOW)
    cancel_visit(reference=visit, by=CUSTOMER, at=NOW)

    assert (state(visit), card(visit).sequence) == (VisitState.CANCELLED, 2)
    assert [kind for kind, _ in recorded()][4:] == ["visits.cancelled", "fact.withdrawn", "fact.withdrawn"]
    assert [value for _, value in recorded()][5:] == [{"fact": f"{visit}/0"}, {"fact": f"{visit}/1"}]
    with pytest.raises(NotHeld):
        books(visit)
    assert state(a_visit(8)) is VisitState.BOOKED


def test_a_hold_is_given_up_without_a_word() -> None:
    cancel_visit(reference=holds(a_need()), by=CUSTOMER, at=NOW)

    assert (Visit.objects.count(), recorded()) == (0, [])


def test_nobody_cancels_while_somebody_is_on_the_way() -> None:
    visit = a_visit(8)
    set_out(reference=visit, by=FIELD, at=at(7))

    with pytest.raises(TooLateToCancel):
        cancel_visit(reference=visit, by=CUSTOMER, at=at(7))
    with pytest.raises(NoSuchVisit):
        cancel_visit(reference="LC-0000-0000", by=CUSTOMER, at=NOW)


def test_a_need_is_asked_once_and_kept_up_to_date() -> None:
    a_line("L-2")
    first = a_need(task="No tone.")

    assert a_need(line="L-2", task="No tone since Monday.") == first

    [kept] = needs.open_of("K-FIX-9")
    assert (kept.reference, kept.task, kept.line) == (first, "No tone since Monday.", "L-2")
    assert (kept.place, kept.language) == ("5 RUE DU FOUR, 63510 MALINTRAT", "fr")
    assert a_need(purpose=Purpose.EQUIPMENT) != first
    with pytest.raises(LineOfAnother):
        a_need(line="L-9")
    with pytest.raises(LineOfAnother):
        a_need("K-FIX-7", line="L-2")


def test_what_is_no_longer_needed_is_cancelled_and_may_be_needed_again() -> None:
    need, visit = a_need(), a_visit(8)
    holds(need, 10)

    end_need(need=need, by=SYSTEM, at=NOW)
    end_need(need=need, by=SYSTEM, at=NOW + MINUTE)

    assert [(row.reference, row.state) for row in Visit.objects.all()] == [(visit, "cancelled")]
    assert Need.objects.get().closed_at == NOW
    with pytest.raises(NoSuchNeed):
        holds(need)
    with pytest.raises(NoSuchNeed):
        holds("LC-0000-0000")
    with pytest.raises(NoSuchNeed):
        end_need(need="LC-0000-0000", by=SYSTEM, at=NOW)
    assert a_need() != need


def test_the_need_of_a_line_is_what_the_records_say_of_it() -> None:
    assert needs.of_contract("K-FIX-9", Purpose.REPAIR) is None
    a_line("L-2")

    asked = needs.of_contract("K-FIX-9", Purpose.REPAIR, task="No tone.")

    assert asked is not None
    assert (asked.customer, asked.skill, asked.territory, asked.line) == ("C-4002", "copper", "63", "L-2")
    assert (asked.contract, asked.place, asked.task) == ("K-FIX-9", "5 RUE DU FOUR, 63510 MALINTRAT", "No tone.")
    assert needs.card("LC-0000-0000") is None


def test_a_repair_is_needed_where_the_line_is_and_a_move_where_it_will_be() -> None:
    gives(a_line("L-1"), HER_PAIR)
    a_line("L-2")

    asked = {purpose: needs.of_contract("K-FIX-9", purpose) for purpose in Purpose}

    assert {purpose: one and one.line for purpose, one in asked.items()} == {
        Purpose.REPAIR: "L-1",
        Purpose.MOVE: "L-2",
        Purpose.NEW_LINE: "L-2",
        Purpose.EQUIPMENT: "L-2",
    }
