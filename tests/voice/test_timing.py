"""Dispatches, settling and the latest moment, on working days, over holidays, week-ends and clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ligneclaire.kernel.calendar import Calendar
from ligneclaire.voice.rules.timing import (
    dispatch_from,
    latest_before_day,
    latest_before_end,
    latest_without_end,
    leaves_at,
    told_by,
)
from voice.gate import at

FRANCE = Calendar()


@pytest.mark.parametrize(
    ("when", "dispatch"),
    [
        ("2015-02-10 07:59", "2015-02-10 08:00"),
        ("2015-02-10 08:00", "2015-02-10 08:00"),
        ("2015-02-10 08:01", "2015-02-11 08:00"),
        ("2015-02-13 08:01", "2015-02-16 08:00"),  # a Friday
        ("2015-02-14 07:00", "2015-02-16 08:00"),  # a Saturday
        ("2015-04-03 09:00", "2015-04-07 08:00"),  # before Easter Monday
        ("2015-04-30 09:00", "2015-05-04 08:00"),  # before 1 May, a Friday
        ("2015-12-24 09:00", "2015-12-28 08:00"),
        ("2015-03-27 09:00", "2015-03-30 08:00"),  # summer time begins on the Sunday
        ("2015-10-23 09:00", "2015-10-26 08:00"),  # summer time ends on the Sunday
    ],
)
def test_messages_leave_on_working_days_at_eight(when: str, dispatch: str) -> None:
    assert dispatch_from(FRANCE, at(when)) == at(dispatch)


def test_eight_o_clock_is_the_customers_in_winter_and_summer() -> None:
    winter, summer = dispatch_from(FRANCE, at("2015-03-27 07:00")), dispatch_from(FRANCE, at("2015-03-30 07:00"))

    assert [winter.astimezone(UTC), summer.astimezone(UTC)] == [
        datetime(2015, 3, 27, 7, 0, tzinfo=UTC),
        datetime(2015, 3, 30, 6, 0, tzinfo=UTC),
    ]


def test_elsewhere_the_days_and_the_clock_are_those_of_the_country() -> None:
    canaries = Calendar(country="ES", zone="Atlantic/Canary")

    assert dispatch_from(canaries, datetime(2015, 1, 5, 9, 0, tzinfo=UTC)) == datetime(2015, 1, 7, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ends_on", "latest"),
    [
        (date(2015, 2, 20), "2015-02-17 08:00"),
        (date(2015, 2, 23), "2015-02-18 08:00"),  # a Monday
        (date(2015, 2, 22), "2015-02-18 08:00"),  # a Sunday
        (date(2015, 4, 8), "2015-04-02 08:00"),  # after Easter Monday
        (date(2015, 5, 12), "2015-05-06 08:00"),  # over 8 May
    ],
)
def test_the_last_dispatch_is_three_working_days_before_the_service_ends(ends_on: date, latest: str) -> None:
    assert latest_before_end(FRANCE, ends_on) == at(latest)


@pytest.mark.parametrize(
    ("day", "latest"), [(date(2015, 3, 5), "2015-03-04 08:00"), (date(2015, 3, 9), "2015-03-06 08:00")]
)
def test_a_date_that_moves_is_told_before_the_old_date(day: date, latest: str) -> None:
    assert latest_before_day(FRANCE, day) == at(latest)


def test_without_an_end_news_leaves_after_five_working_days_at_the_latest() -> None:
    assert latest_without_end(FRANCE, at("2015-04-01 10:00")) == at("2015-04-09 08:00")


@pytest.mark.parametrize(
    ("news", "latest", "contested", "leaves"),
    [
        ("2015-02-10 09:00", "2015-02-20 08:00", False, "2015-02-12 08:00"),  # settled for a day
        ("2015-02-10 08:00", "2015-02-20 08:00", False, "2015-02-11 08:00"),  # a day to the minute
        ("2015-02-10 09:00", "2015-02-11 08:00", False, "2015-02-11 08:00"),  # no time to settle
        ("2015-02-10 09:00", "2015-02-06 08:00", False, "2015-02-11 08:00"),  # too late already: the next dispatch
        ("2015-02-10 09:00", "2015-02-20 08:00", True, "2015-02-20 08:00"),  # waits for the owner
        ("2015-02-10 09:00", "2015-02-06 08:00", True, "2015-02-11 08:00"),  # can wait no longer
    ],
)
def test_news_settles_for_a_day_but_never_beyond_the_latest_moment(
    *, news: str, latest: str, contested: bool, leaves: str
) -> None:
    assert leaves_at(FRANCE, news_at=at(news), latest=at(latest), contested=contested) == at(leaves)


@pytest.mark.parametrize(
    ("today", "ends_on", "before_end", "by"),
    [
        (date(2015, 2, 17), None, False, date(2015, 2, 24)),  # five working days
        (date(2015, 2, 17), date(2015, 2, 20), False, date(2015, 2, 25)),  # three working days after the end
        (date(2015, 2, 17), date(2015, 2, 20), True, date(2015, 2, 19)),  # the end itself: the day before it
        (date(2015, 3, 10), date(2015, 2, 20), False, date(2015, 3, 11)),  # over already: the next working day
        (date(2015, 2, 20), date(2015, 2, 20), True, date(2015, 2, 23)),
    ],
)
def test_what_stays_behind_is_told_by_a_day_that_follows_from_the_end(
    *, today: date, ends_on: date | None, before_end: bool, by: date
) -> None:
    assert told_by(FRANCE, today=today, ends_on=ends_on, before_end=before_end) == by
