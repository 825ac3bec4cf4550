"""When a message leaves: settling time, dispatches on working days, and the latest moment."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from ligneclaire.kernel.calendar import Calendar, DayKind

DISPATCH = time(8, 0)
SETTLING = timedelta(hours=24)
DAYS_BEFORE_END = 3
LONGEST_WAIT = 5  # working days, where no date of the subject says when it is too late


def dispatch_from(calendar: Calendar, at: datetime) -> datetime:
    """First dispatch (Mon-Fri 08:00, the customer's time, no public holiday) at or after an instant."""
    day = calendar.next_day(calendar.date_of(at), DayKind.OUVRE)
    dispatch = calendar.at(day, DISPATCH)
    return dispatch if dispatch >= at else calendar.at(calendar.add(day, 1, DayKind.OUVRE), DISPATCH)


def latest_before_end(calendar: Calendar, ends_on: date) -> datetime:
    """Last dispatch that leaves three working days before the service ends."""
    return calendar.at(calendar.subtract(ends_on, DAYS_BEFORE_END, DayKind.OUVRE), DISPATCH)


def latest_before_day(calendar: Calendar, day: date) -> datetime:
    """Last dispatch before a date that was told and moves."""
    return calendar.at(calendar.subtract(day, 1, DayKind.OUVRE), DISPATCH)


def latest_without_end(calendar: Calendar, first_news_at: datetime) -> datetime:
    """Last dispatch for news about a subject that has no end date."""
    day = calendar.add(calendar.date_of(first_news_at), LONGEST_WAIT, DayKind.OUVRE)
    return calendar.at(day, DISPATCH)


def leaves_at(calendar: Calendar, *, news_at: datetime, latest: datetime, contested: bool) -> datetime:
    """Dispatch of news that settled for a day, never after the latest moment; contested news waits until then."""
    at_the_latest = max(latest, dispatch_from(calendar, news_at))
    return at_the_latest if contested else min(dispatch_from(calendar, news_at + SETTLING), at_the_latest)


def told_by(calendar: Calendar, *, today: date, ends_on: date | None, before_end: bool) -> date:
    """Date by which a topic that stays behind will be told."""
    if ends_on is None:
        return calendar.add(today, LONGEST_WAIT, DayKind.OUVRE)
    step = calendar.subtract if before_end else calendar.add
    day = step(ends_on, 1 if before_end else DAYS_BEFORE_END, DayKind.OUVRE)
    return max(day, calendar.add(today, 1, DayKind.OUVRE))
