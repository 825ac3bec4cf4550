"""The kinds of day of the law, with dates worked out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligneclaire.kernel.calendar import Calendar, DayKind, add_months

FRANCE = Calendar()
MOSELLE = Calendar(region="57")
days = st.dates(date(2010, 1, 1), date(2035, 12, 31))
counts = st.integers(0, 60)
kinds = st.sampled_from(DayKind)
calendars = st.sampled_from([FRANCE, MOSELLE, Calendar(country="ES", zone="Europe/Madrid")])


def days_between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def weekdays_off_in_2025(calendar: Calendar) -> list[str]:
    year = days_between(date(2025, 1, 1), date(2025, 12, 31))
    return [f"{day:%m-%d}" for day in year if day.weekday() < 6 and not calendar.is_day(day, DayKind.OUVRABLE)]


@pytest.mark.parametrize(
    ("day", "n", "kind", "expected"),
    [
        (date(2026, 11, 22), 10, DayKind.CALENDAR, date(2026, 12, 2)),
        (date(2026, 12, 24), 1, DayKind.OUVRABLE, date(2026, 12, 26)),
        (date(2026, 12, 23), 3, DayKind.OUVRABLE, date(2026, 12, 28)),
        (date(2026, 12, 24), 1, DayKind.OUVRE, date(2026, 12, 28)),
        (date(2026, 12, 23), 3, DayKind.OUVRE, date(2026, 12, 29)),
        (date(2024, 2, 28), 1, DayKind.CALENDAR, date(2024, 2, 29)),
        (date(2024, 2, 28), 2, DayKind.OUVRE, date(2024, 3, 1)),
        (date(2023, 2, 28), 1, DayKind.CALENDAR, date(2023, 3, 1)),
        (date(2026, 12, 26), 0, DayKind.OUVRE, date(2026, 12, 26)),
    ],
)
def test_days_are_added_by_kind(day: date, n: int, kind: DayKind, expected: date) -> None:
    assert FRANCE.add(day, n, kind) == expected


@pytest.mark.parametrize(
    ("day", "n", "kind", "expected"),
    [
        (date(2026, 12, 2), 10, DayKind.CALENDAR, date(2026, 11, 22)),
        (date(2026, 12, 28), 3, DayKind.OUVRABLE, date(2026, 12, 23)),
        (date(2026, 12, 29), 3, DayKind.OUVRE, date(2026, 12, 23)),
        (date(2024, 3, 1), 1, DayKind.OUVRE, date(2024, 2, 29)),
    ],
)
def test_days_are_subtracted_by_kind(day: date, n: int, kind: DayKind, expected: date) -> None:
    assert FRANCE.subtract(day, n, kind) == expected


@pytest.mark.parametrize("count", [FRANCE.add, FRANCE.subtract])
def test_a_negative_number_of_days_is_refused(count: object) -> None:
    assert callable(count)
    with pytest.raises(ValueError, match=r"^a number of days is not negative: -1$"):
        count(date(2026, 11, 22), -1, DayKind.CALENDAR)


def test_a_deadline_on_a_sunday_ends_on_monday() -> None:
    assert FRANCE.deadline(date(2026, 11, 22), 14) == date(2026, 12, 7)


def test_a_deadline_on_a_saturday_or_holiday_ends_on_the_next_working_day() -> None:
    assert FRANCE.deadline(date(2026, 12, 12), 14) == date(2026, 12, 28)
    assert FRANCE.deadline(date(2026, 12, 11), 14) == date(2026, 12, 28)
    assert FRANCE.deadline(date(2026, 12, 10), 14) == date(2026, 12, 24)


def test_france_has_eleven_public_holidays() -> None:
    assert weekdays_off_in_2025(FRANCE) == [
        "01-01", "04-21", "05-01", "05-08", "05-29", "06-09", "07-14", "08-15", "11-01", "11-11", "12-25",
    ]  # fmt: skip


def test_alsace_moselle_has_thirteen() -> None:
    assert weekdays_off_in_2025(MOSELLE) == [
        "01-01", "04-18", "04-21", "05-01", "05-08", "05-29", "06-09",
        "07-14", "08-15", "11-01", "11-11", "12-25", "12-26",
    ]  # fmt: skip


def test_easter_monday_ascension_and_whit_monday_follow_easter() -> None:
    easter = date(2027, 3, 28)

    off = [easter + timedelta(days=n) for n in (1, 39, 50)]

    assert off == [date(2027, 3, 29), date(2027, 5, 6), date(2027, 5, 17)]
    assert [FRANCE.is_day(day, DayKind.OUVRE) for day in off] == [False, False, False]
    assert [FRANCE.is_day(day - timedelta(days=1), DayKind.CALENDAR) for day in off] == [True, True, True]


def test_another_country_is_data() -> None:
    catalonia = Calendar(country="ES", region="CT", zone="Europe/Madrid")

    assert catalonia.is_day(date(2026, 9, 11), DayKind.OUVRE) is False
    assert catalonia.is_day(date(2026, 7, 14), DayKind.OUVRE) is True
    assert FRANCE.is_day(date(2026, 9, 11), DayKind.OUVRE) is True


@pytest.mark.parametrize(("country", "region"), [("XX", None), ("FR", "59999")])
def test_a_country_or_region_without_known_holidays_is_refused(country: str, region: str | None) -> None:
    with pytest.raises(ValueError) as refused:
        Calendar(country=country, region=region).is_day(date(2026, 1, 1), DayKind.OUVRE)

    assert str(refused.value) == f"no public holidays are known for country {country!r}, region {region!r}"


@given(calendars, days, counts, kinds)
def test_adding_passes_exactly_that_many_days_of_the_kind(calendar: Calendar, day: date, n: int, kind: DayKind) -> None:
    reached = calendar.add(day, n, kind)

    passed = days_between(day, reached)[1:]
    assert sum(calendar.is_day(each, kind) for each in passed) == n
    assert n == 0 or calendar.is_day(reached, kind)


@given(calendars, days, counts, kinds)
def test_subtracting_undoes_adding(calendar: Calendar, day: date, n: int, kind: DayKind) -> None:
    counted = calendar.next_day(day, kind)

    assert calendar.subtract(calendar.add(counted, n, kind), n, kind) == counted


@given(calendars, days, kinds)
def test_the_next_day_is_the_first_that_counts(calendar: Calendar, day: date, kind: DayKind) -> None:
    found = calendar.next_day(day, kind)

    assert [each for each in days_between(day, found) if calendar.is_day(each, kind)] == [found]


@given(calendars, days)
def test_every_jour_ouvre_is_ouvrable(calendar: Calendar, day: date) -> None:
    if calendar.is_day(day, DayKind.OUVRE):
        assert calendar.is_day(day, DayKind.OUVRABLE)
    assert calendar.is_day(day, DayKind.CALENDAR)


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        (date(2026, 12, 2), 6, date(2027, 6, 2)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2027, 3, 1), -3, date(2026, 12, 1)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_a_short_month(day: date, n: int, expected: date) -> None:
    assert add_months(day, n) == expected


@pytest.mark.parametrize(
    ("day", "hour", "utc", "offset"),
    [
        (date(2026, 11, 23), time(8), datetime(2026, 11, 23, 7, tzinfo=UTC), 1),
        (date(2026, 7, 14), time(8), datetime(2026, 7, 14, 6, tzinfo=UTC), 2),
        (date(2026, 10, 25), time(2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC), 2),
        (date(2026, 10, 25), time(3), datetime(2026, 10, 25, 2, tzinfo=UTC), 1),
        (date(2027, 3, 28), time(2, 30), datetime(2027, 3, 28, 1, 30, tzinfo=UTC), 2),
    ],
)
def test_a_local_time_is_one_instant_also_in_the_nights_when_clocks_change(
    day: date, hour: time, utc: datetime, offset: int
) -> None:
    instant = FRANCE.at(day, hour)

    assert instant.astimezone(UTC) == utc
    assert instant.utcoffset() == timedelta(hours=offset)
    assert instant.tzinfo is ZoneInfo("Europe/Paris")


def test_the_hour_that_does_not_exist_is_moved_on() -> None:
    assert FRANCE.at(date(2027, 3, 28), time(2, 30)).isoformat() == "2027-03-28T03:30:00+02:00"


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 10, 24, 21, 59, tzinfo=UTC), date(2026, 10, 24)),
        (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), date(2026, 10, 26)),
    ],
)
def test_a_day_is_the_customers_and_may_have_25_hours(instant: datetime, day: date) -> None:
    assert FRANCE.date_of(instant) == day


def test_an_instant_without_zone_has_no_day() -> None:
    with pytest.raises(ValueError, match=r"^an instant needs a time zone: 2026-11-22T10:00:00$"):
        FRANCE.date_of(datetime(2026, 11, 22, 10))  # noqa: DTZ001 - the naive value is the point
