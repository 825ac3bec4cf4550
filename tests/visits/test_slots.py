"""When somebody can come: the windows that are truly free."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from builders import a_world
from ligneclaire.visits.actions.cancel_visit import cancel_visit
from ligneclaire.visits.actions.take_time_off import NoSuchTechnician, OffAlready, take_time_off
from ligneclaire.visits.queries import slots
from ligneclaire.visits.rules.times import days
from ligneclaire.visits.values import Hours, Window
from network.street import NOW
from visits.field import (
    DAY,
    FIELD,
    HOUR,
    MINUTE,
    MONDAY,
    PARIS,
    TUESDAY,
    a_need,
    a_technician,
    a_visit,
    at,
    employ,
    free_on,
    holds,
    technicians,
    window,
)

pytestmark = pytest.mark.django_db
A_DAY = ["Tue 08-10: 2", "Tue 10-12: 2", "Tue 13-15: 2", "Tue 15-17: 2"]


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


def test_a_day_has_its_windows_with_how_many_can_come() -> None:
    technicians("T-1", "T-2")

    assert free_on() == A_DAY


def test_only_those_who_can_do_it_and_work_there_count() -> None:
    technicians("T-1")
    technicians("T-2", skills=("fibre",))
    technicians("T-3", territories=("75",))
    employ(a_technician("T-4", works=False), a_technician("T-5", territories=("33", "63"), skills=("copper", "fibre")))

    assert free_on()[0] == "Tue 08-10: 2"
    assert free_on(skill="fibre")[0] == "Tue 08-10: 2"
    assert free_on(skill="welding") == []


def test_nobody_is_sent_before_the_next_working_day() -> None:
    technicians("T-1", "T-2")

    assert free_on(MONDAY) == []
    assert free_on(MONDAY, to=TUESDAY) == A_DAY
    friday = NOW + 4 * DAY
    assert [one[:3] for one in free_on(date(2015, 3, 6), to=date(2015, 3, 9), when=friday)] == ["Mon"] * 4


def test_nobody_comes_on_sundays_and_public_holidays() -> None:
    everyday = tuple(Hours(weekday=day, starts=time(8), ends=time(10)) for day in range(1, 8))
    employ(a_technician("T-1", hours=everyday))

    week = free_on(date(2015, 4, 3), to=date(2015, 4, 8))  # Easter Monday is the 6th

    assert [one[:3] for one in week] == ["Fri", "Sat", "Tue", "Wed"]


def test_windows_are_as_long_as_the_working_hours_say() -> None:
    half = (
        Hours(weekday=2, starts=time(8), ends=time(12), minutes=240),
        Hours(weekday=2, starts=time(13), ends=time(16)),
    )
    employ(a_technician("T-1", hours=half))

    assert free_on() == ["Tue 08-12: 1", "Tue 13-15: 1"]


def test_the_hours_are_those_of_the_clock_on_the_wall_in_winter_and_summer() -> None:
    technicians("T-1")

    found = slots.free(territory="63", skill="copper", from_=date(2015, 3, 27), to=date(2015, 3, 30), at=NOW)

    assert [f"{one.starts:%d %H:%M}" for one in found] == [
        f"{day} {hour:02}:00" for day, hours in ((27, (7, 9, 12, 14)), (30, (6, 8, 11, 13))) for hour in hours
    ]


def test_what_is_booked_held_or_off_is_not_free() -> None:
    technicians("T-1", "T-2")
    a_visit(8)
    holds(a_need("K-FIX-7"), 10)
    off = Window(starts=at(13), ends=at(14))
    assert take_time_off(technician="T-1", window=off, by=FIELD, at=NOW) == ()

    assert free_on() == ["Tue 08-10: 1", "Tue 10-12: 1", "Tue 13-15: 1", "Tue 15-17: 2"]


def test_a_hold_that_is_over_and_a_visit_that_is_cancelled_leave_their_time_free() -> None:
    technicians("T-1")
    visit = a_visit(8)
    holds(a_need("K-FIX-7"), 10)
    assert free_on(when=NOW + 14 * MINUTE) == ["Tue 13-15: 1", "Tue 15-17: 1"]

    cancel_visit(reference=visit, by=FIELD, at=NOW)

    assert free_on(when=NOW + 15 * MINUTE) == ["Tue 08-10: 1", "Tue 10-12: 1", "Tue 13-15: 1", "Tue 15-17: 1"]


def test_who_takes_time_off_learns_whom_somebody_must_tell() -> None:
    technicians("T-1")
    morning = Window(starts=at(8), ends=at(12))
    visit = a_visit(10)

    assert take_time_off(technician="T-1", window=morning, by=FIELD, at=NOW) == (visit,)
    assert take_time_off(technician="T-1", window=morning, by=FIELD, at=NOW) == (visit,)
    with pytest.raises(OffAlready):
        take_time_off(technician="T-1", window=Window(starts=at(9), ends=at(10)), by=FIELD, at=NOW)
    with pytest.raises(NoSuchTechnician):
        take_time_off(technician="T-9", window=morning, by=FIELD, at=NOW)


def test_many_days_are_one_statement() -> None:
    technicians(*(f"T-{number}" for number in range(20)))

    with CaptureQueriesContext(connection) as done:
        found = free_on(TUESDAY, to=TUESDAY + 29 * DAY)

    assert (len(done), len(found), found[0]) == (2, 88, "Tue 08-10: 20")


def test_nobody_looks_further_ahead_than_three_months() -> None:
    found = days(MONDAY, date(2100, 1, 1), at=NOW, calendar=PARIS)

    assert (found[0], found[-1]) == (TUESDAY, date(2015, 6, 3))
    assert days(date(2100, 1, 1), MONDAY, at=NOW, calendar=PARIS) == []
    assert window(8).ends - window(8).starts == 2 * HOUR
