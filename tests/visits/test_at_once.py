"""Many writers on connections of their own: whatever they do, a technician is with one customer at a time."""

from __future__ import annotations

from datetime import datetime
from functools import partial

import pytest
from django.db import connection

from builders import a_world
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.visits.actions.ask_visit import ask_visit
from ligneclaire.visits.actions.book_visit import book_visit
from ligneclaire.visits.actions.hold_slot import SlotGone, hold_slot
from ligneclaire.visits.models import Visit
from ligneclaire.visits.queries import visits
from ligneclaire.visits.states import Gone, Purpose
from ligneclaire.visits.values import NeedEntry
from network.street import NOW
from together import together
from visits.field import CUSTOMER, HOUR, a_need, books, free_on, holds, technicians, window

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 64
HOURS = (8, 10, 13, 15)
DOUBLE = """
    SELECT count(*) FROM visits_visit one JOIN visits_visit other
        ON other.technician_id = one.technician_id AND other.during && one.during AND other.id <> one.id
"""


@pytest.fixture(autouse=True)
def needs() -> list[str]:
    a_world()
    customers = [f"C-{number}" for number in (1001, 2001, 3001, 4001, 4002)]
    return [
        ask_visit(
            need=NeedEntry(
                contract=f"K-{place}",
                purpose=Purpose.REPAIR,
                customer=customers[place % len(customers)],
                skill="copper",
                territory="63",
            ),
            by=SYSTEM,
            at=NOW,
        )
        for place in range(WRITERS)
    ]


def takes(need: str, hour: int, *, when: datetime = NOW) -> str:
    """Hold a time and book it at once."""
    reference = hold_slot(need=need, window=window(hour), by=CUSTOMER, at=when)
    book_visit(reference=reference, by=CUSTOMER, at=when)
    return reference


def takes_what_is_left(need: str) -> str:
    """Go through the day until a time can be had, as a person would."""
    for hour in HOURS[:-1]:
        try:
            return takes(need, hour)
        except SlotGone:
            continue
    return takes(need, HOURS[-1])


def doubles() -> int:
    with connection.cursor() as cursor:
        cursor.execute(DOUBLE)
        [(count,)] = cursor.fetchall()
    return int(count)


def test_sixty_four_people_want_one_time_and_one_has_it(needs: list[str]) -> None:
    technicians("T-1")

    answers = together(*(partial(takes, need, 8) for need in needs))

    [had] = [answer for answer in answers if isinstance(answer, str)]
    assert [row.reference for row in Visit.objects.all()] == [had]
    assert [answer.reason for answer in answers if isinstance(answer, SlotGone)] == [Gone.TAKEN] * 63
    assert doubles() == 0


def test_sixty_four_people_want_any_time_of_a_day_and_as_many_have_one_as_there_are(needs: list[str]) -> None:
    technicians(*(f"T-{number}" for number in range(10)))

    answers = together(*(partial(takes_what_is_left, need) for need in needs))

    had = [answer for answer in answers if isinstance(answer, str)]
    assert (len(had), len(set(had)), doubles()) == (40, 40, 0)
    assert [type(answer) for answer in answers if not isinstance(answer, str)] == [SlotGone] * 24
    assert {row.state for row in Visit.objects.all()} == {"booked"}
    assert free_on() == []


def test_sixty_four_people_want_a_time_whose_holds_are_over_while_their_owners_confirm_late(needs: list[str]) -> None:
    technicians(*(f"T-{number}" for number in range(8)))
    held = [hold_slot(need=need, window=window(8), by=CUSTOMER, at=NOW) for need in needs[:8]]
    late = NOW + HOUR

    answers = together(
        *(partial(books, reference, when=late) for reference in held),
        *(partial(takes, need, 8, when=late) for need in needs[8:]),
    )

    assert {type(answer) for answer in answers} <= {str, SlotGone, type(None)}
    assert (Visit.objects.filter(state="booked").count(), Visit.objects.count(), doubles()) == (8, 8, 0)


def test_a_double_click_holds_once() -> None:
    technicians("T-1", "T-2")
    need = a_need()

    answers = together(*(partial(holds, need, 8) for _ in range(16)))

    assert len({str(answer) for answer in answers}) == 1
    assert [card.reference for card in visits.of_need(need)] == [answers[0]]
