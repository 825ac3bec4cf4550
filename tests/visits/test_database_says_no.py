from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from psycopg.types.range import TimestamptzRange

from builders import a_world, refused_by
from ligneclaire.visits.models import Need, Technician, TimeOff, Visit, WorkingHours
from network.street import NOW
from visits.field import MINUTE, a_need, at, technicians

pytestmark = pytest.mark.django_db
STAMP = {"changed_by": "department:field", "changed_at": NOW}
EIGHT_TO_TEN = TimestamptzRange(at(8), at(10))


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()
    technicians("T-1")


def a_row(reference: str = "LC-1", **changes: object) -> Visit:
    given = {
        "reference": reference,
        "need_id": a_need(),
        "technician_id": "T-1",
        "during": EIGHT_TO_TEN,
        "state": "booked",
    }
    return Visit.objects.create(**STAMP | given | changes)


def test_never_two_customers_in_one_time_of_a_technician() -> None:
    a_row()
    other = a_need("K-FIX-7")
    overlapping = TimestamptzRange(at(9), at(11))

    for state in ("booked", "on the way"):
        with refused_by("technician_is_in_one_place"):
            a_row("LC-2", need_id=other, during=overlapping, state=state)
    with refused_by("technician_is_in_one_place"):
        a_row("LC-2", need_id=other, during=overlapping, state="done", result="x", none_because="y")
    with refused_by("technician_is_in_one_place"):
        a_row("LC-2", need_id=other, during=overlapping, state="held", held_until=NOW)
    a_row("LC-2", need_id=other, during=overlapping, state="cancelled")
    a_row("LC-3", need_id=other, during=TimestamptzRange(at(10), at(12)))


def test_a_hold_that_is_over_still_protects_its_time_until_somebody_takes_it() -> None:
    a_row(state="held", held_until=NOW - MINUTE)

    with refused_by("technician_is_in_one_place"):
        a_row("LC-2", need_id=a_need("K-FIX-7"))


def test_a_need_has_one_visit_to_come_and_one_hold() -> None:
    a_row()
    with refused_by("visit_one_to_come"):
        a_row("LC-2", during=TimestamptzRange(at(10), at(12)))
    a_row("LC-2", during=TimestamptzRange(at(10), at(12)), state="held", held_until=NOW)
    with refused_by("visit_one_hold"):
        a_row("LC-3", during=TimestamptzRange(at(13), at(15)), state="held", held_until=NOW)


def test_a_visit_has_a_time_and_a_state() -> None:
    with refused_by("visit_state_known"):
        a_row(state="lost")
    with refused_by("visit_has_a_time"):
        a_row(during=TimestamptzRange(at(8), None))
    with refused_by("visit_has_a_time"):
        a_row(during=TimestamptzRange(at(8), at(8)))


def test_a_hold_has_an_end_and_nothing_else_has_one() -> None:
    with refused_by("visit_held_until_an_end"):
        a_row(state="held")
    with refused_by("visit_held_until_an_end"):
        a_row(held_until=NOW)


def test_a_visit_that_is_done_says_what_was_used_or_why_nothing_was() -> None:
    with refused_by("visit_done_says_what_was_used"):
        a_row(state="done", result="New socket.")
    with refused_by("visit_done_says_what_was_used"):
        a_row(state="done", none_because="Flooded.")
    with refused_by("visit_done_says_what_was_used"):
        a_row(state="done", result="x", none_because="Flooded.", resource_id="63510-D4-017")
    with refused_by("visit_done_says_what_was_used"):
        a_row(none_because="Flooded.")


def test_a_visit_is_missed_by_somebody() -> None:
    with refused_by("visit_missed_by_somebody"):
        a_row(state="missed")
    with refused_by("visit_missed_by_somebody"):
        a_row(missed_by="customer")


def test_a_contract_needs_somebody_once_for_a_purpose() -> None:
    a_need()
    need = STAMP | {"reference": "LC-9", "contract": "K-FIX-9", "customer_id": "C-4002", "territory_id": "63"}

    with refused_by("need_one_open"):
        Need.objects.create(**need, purpose="repair", skill="copper", asked_at=NOW)
    with refused_by("need_purpose_known"):
        Need.objects.create(**need, purpose="tea", skill="copper", asked_at=NOW)
    with refused_by("need_says_what_it_takes"):
        Need.objects.create(**need, purpose="move", skill="", asked_at=NOW)


def test_a_technician_can_do_something_and_be_called() -> None:
    technician = STAMP | {"number": "T-2", "name": "Marcel"}

    with refused_by("technician_can_do_something"):
        Technician.objects.create(**technician, mobile="+33639980301", skills=[])
    with refused_by("technician_mobile_is_e164"):
        Technician.objects.create(**technician, mobile="0639980301", skills=["copper"])


def test_working_hours_have_a_day_and_an_end() -> None:
    with refused_by("hours_of_a_weekday"):
        WorkingHours.objects.create(technician_id="T-1", weekday=8, starts=time(8), ends=time(9), minutes=60)
    with refused_by("hours_end_after_they_begin"):
        WorkingHours.objects.create(technician_id="T-1", weekday=6, starts=time(9), ends=time(8), minutes=60)
    with refused_by("hours_in_windows"):
        WorkingHours.objects.create(technician_id="T-1", weekday=6, starts=time(8), ends=time(9), minutes=5)


def test_time_off_is_taken_once_and_ends() -> None:
    TimeOff.objects.create(**STAMP, technician_id="T-1", during=EIGHT_TO_TEN)

    with refused_by("time_off_without_overlap"):
        TimeOff.objects.create(**STAMP, technician_id="T-1", during=EIGHT_TO_TEN)
    with refused_by("time_off_has_an_end"):
        TimeOff.objects.create(**STAMP, technician_id="T-1", during=TimestamptzRange(at(15), None))


def test_every_constraint_of_visits_is_broken_here() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    named = {
        constraint.name
        for model in apps.get_app_config("visits").get_models()
        for constraint in model._meta.constraints
        if not isinstance(constraint, models.UniqueConstraint) or constraint.condition
    }

    assert {name for name in named if f'refused_by("{name}")' not in source} == set()
