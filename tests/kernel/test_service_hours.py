"""The clock of a time limit in hours, with instants worked out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligneclaire.kernel.calendar import Calendar, DayKind
from ligneclaire.kernel.service_hours import ALWAYS, ServiceHours, due, passed
from ligneclaire.kernel.span import Span

FRANCE = Calendar()
MOSELLE = Calendar(region="57")
REUNION = Calendar(region="974", zone="Indian/Reunion")
HO = ServiceHours(opens=time(8), closes=time(18), days=DayKind.OUVRE)

hours = st.integers(0, 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
clocks = st.sampled_from([HO, ALWAYS, ServiceHours(opens=time(1, 30), closes=time(2, 45))])
calendars = st.sampled_from([FRANCE, MOSELLE, REUNION])
instants = st.sampled_from(
    [datetime(2026, 10, 23, tzinfo=UTC), datetime(2026, 12, 23, tzinfo=UTC), datetime(2027, 3, 26, tzinfo=UTC)]
).flatmap(lambda day: st.integers(0, 6 * 24 * 60).map(lambda minutes: day + timedelta(minutes=minutes)))
lengths = st.integers(0, 3 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
stops_of = st.lists(st.tuples(instants, lengths).map(lambda pair: (pair[0], pair[0] + pair[1])), max_size=4)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "limit", "clock", "end"),
    [
        ("2026-11-27T16:00+01:00", 10, HO, "2026-11-30T16:00:00+01:00"),
        ("2026-11-27T15:00+00:00", 10, HO, "2026-11-30T16:00:00+01:00"),
        ("2026-11-27T16:00+01:00", 2, HO, "2026-11-27T18:00:00+01:00"),
        ("2026-11-27T18:00+01:00", 1, HO, "2026-11-30T09:00:00+01:00"),
        ("2026-11-28T03:00+01:00", 10, HO, "2026-11-30T18:00:00+01:00"),
        ("2026-11-28T03:00+01:00", 0, HO, "2026-11-28T03:00:00+01:00"),
        ("2026-12-24T17:00+01:00", 2, HO, "2026-12-28T09:00:00+01:00"),
        ("2026-11-27T16:00+01:00", 4, ALWAYS, "2026-11-27T20:00:00+01:00"),
        ("2026-10-24T20:00+02:00", 8, ALWAYS, "2026-10-25T03:00:00+01:00"),
        ("2027-03-27T20:00+01:00", 8, ALWAYS, "2027-03-28T05:00:00+02:00"),
        ("2026-10-23T17:00+02:00", 10, HO, "2026-10-26T17:00:00+01:00"),
    ],
)
def test_a_limit_ends_when_so_many_service_hours_have_passed(
    start: str, limit: int, clock: ServiceHours, end: str
) -> None:
    assert due(at(start), timedelta(hours=limit), clock, calendar=FRANCE).isoformat() == end


def test_holidays_and_the_clock_on_the_wall_are_those_of_the_region() -> None:
    after_good_friday = due(at("2027-03-25T17:00+01:00"), timedelta(hours=2), HO, calendar=MOSELLE)
    on_the_island = due(at("2026-11-27T16:00+04:00"), timedelta(hours=10), HO, calendar=REUNION)

    assert after_good_friday.isoformat() == "2027-03-30T09:00:00+02:00"
    assert due(at("2027-03-25T17:00+01:00"), timedelta(hours=2), HO, calendar=FRANCE).date() == date(2027, 3, 26)
    assert on_the_island.isoformat() == "2026-11-30T16:00:00+04:00"


@pytest.mark.parametrize(
    ("stops", "end"),
    [
        ([("2026-11-30T09:00+01:00", "2026-11-30T11:00+01:00")], "2026-11-30T18:00:00+01:00"),
        ([("2026-11-30T09:00+01:00", "2026-11-30T12:00+01:00")], "2026-12-01T09:00:00+01:00"),
        ([("2026-11-27T20:00+01:00", "2026-11-30T08:00+01:00")], "2026-11-30T16:00:00+01:00"),
        ([("2026-11-27T10:00+01:00", "2026-11-27T17:00+01:00")], "2026-11-30T17:00:00+01:00"),
        ([("2026-11-30T16:00+01:00", "2026-12-04T17:00+01:00")], "2026-11-30T16:00:00+01:00"),
        (
            [
                ("2026-11-30T10:00+01:00", "2026-11-30T11:00+01:00"),
                ("2026-11-30T09:00+01:00", "2026-11-30T10:30+01:00"),
            ],
            "2026-11-30T18:00:00+01:00",
        ),
    ],
)
def test_while_nobody_opens_the_door_the_clock_stands_still(stops: list[tuple[str, str]], end: str) -> None:
    found = due(
        at("2026-11-27T16:00+01:00"),
        timedelta(hours=10),
        HO,
        stops=[(at(begins), at(ends)) for begins, ends in stops],
        calendar=FRANCE,
    )

    assert found.isoformat() == end


def test_what_has_passed_is_counted_the_same_way() -> None:
    friday, monday = at("2026-11-27T16:00+01:00"), at("2026-11-30T10:00+01:00")
    absent = (at("2026-11-30T09:00+01:00"), at("2026-11-30T09:30+01:00"))

    assert passed(friday, monday, HO, calendar=FRANCE) == timedelta(hours=4)
    assert passed(friday, monday, HO, stops=[absent], calendar=FRANCE) == timedelta(hours=3, minutes=30)
    assert passed(friday, monday, ALWAYS, calendar=FRANCE) == timedelta(hours=66)
    assert passed(monday, friday, HO, calendar=FRANCE) == timedelta()


def test_a_negative_limit_and_hours_that_close_before_they_open_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^a time limit is not negative: -1 day, 23:00:00$"):
        due(at("2026-11-27T16:00+01:00"), timedelta(hours=-1), HO, calendar=FRANCE)
    with pytest.raises(ValueError, match=r"^service closes after it opens: 18:00:00 to 08:00:00$"):
        ServiceHours(opens=time(18), closes=time(8))


@given(instants, hours, clocks, calendars, stops_of)
def test_exactly_the_limit_has_passed_when_it_is_due(
    start: datetime, limit: timedelta, clock: ServiceHours, calendar: Calendar, stops: list[Span]
) -> None:
    end = due(start, limit, clock, stops=stops, calendar=calendar)

    assert passed(start, end, clock, stops=stops, calendar=calendar) == limit
    assert passed(start, end - timedelta(seconds=1), clock, stops=stops, calendar=calendar) < limit or not limit


@given(instants, instants, hours, hours, clocks, calendars, stops_of)
def test_later_or_longer_is_never_due_earlier(
    one: datetime,
    other: datetime,
    limit: timedelta,
    more: timedelta,
    clock: ServiceHours,
    calendar: Calendar,
    stops: list[Span],
) -> None:
    first, later = sorted((one, other))
    end = due(first, limit, clock, stops=stops, calendar=calendar)

    assert due(first, limit + more, clock, stops=stops, calendar=calendar) >= end
    assert due(later, limit, clock, stops=stops, calendar=calendar) >= end


@given(instants, hours, clocks, calendars, stops_of)
def test_stops_move_the_end_by_exactly_the_service_time_that_lies_in_them(
    start: datetime, limit: timedelta, clock: ServiceHours, calendar: Calendar, stops: list[Span]
) -> None:
    plain = due(start, limit, clock, calendar=calendar)
    stopped = due(start, limit, clock, stops=stops, calendar=calendar)

    running = passed(start, stopped, clock, stops=stops, calendar=calendar)
    standing = passed(start, stopped, clock, calendar=calendar) - running
    assert passed(plain, stopped, clock, calendar=calendar) == standing
    assert stopped >= plain


@given(instants, hours, calendars)
def test_around_the_clock_an_hour_is_an_hour(start: datetime, limit: timedelta, calendar: Calendar) -> None:
    assert due(start, limit, ALWAYS, calendar=calendar).astimezone(UTC) == start + limit
