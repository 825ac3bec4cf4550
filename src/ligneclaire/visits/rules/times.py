"""When somebody can come at the earliest, on which days, and until when a customer may still change it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from ligneclaire.kernel.calendar import ONE_DAY, Calendar, DayKind

LEAD = 1
"""Working days before the first on which somebody comes."""
HELD_FOR = timedelta(minutes=15)
NOTICE = timedelta(hours=12)
"""Until how long before it begins a customer may move a visit."""
MOST_DAYS = 92


def first_day(at: datetime, calendar: Calendar) -> date:
    """The first day for which a visit can be chosen now."""
    return calendar.add(calendar.date_of(at), LEAD, DayKind.OUVRE)


def days(from_: date, to: date, *, at: datetime, calendar: Calendar) -> list[date]:
    """The days of a stretch on which somebody may come: no Sundays, no public holidays, nothing too soon or far."""
    first = max(from_, first_day(at, calendar))
    last = min(to, first + MOST_DAYS * ONE_DAY)
    each = (first + n * ONE_DAY for n in range((last - first).days + 1))
    return [day for day in each if calendar.is_day(day, DayKind.OUVRABLE)]


def may_still_move(starts: datetime, *, at: datetime) -> bool:
    """Whether a customer may still choose another time."""
    return at + NOTICE <= starts
