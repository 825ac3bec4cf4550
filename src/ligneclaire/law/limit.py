"""The days on which a time limit of the law begins and ends."""

from __future__ import annotations

from datetime import date

from ligneclaire.kernel.calendar import Calendar, add_months
from ligneclaire.law.lookup import value
from ligneclaire.law.parameter import Parameter, Unit

FRANCE = Calendar()
MONTHS = {Unit.MONTHS: 1, Unit.YEARS: 12}


def last_day(rule: str, *, after: date, calendar: Calendar = FRANCE) -> date:
    """The last day of a time limit that runs from a day, which does not count."""
    limit = value(rule, on=after, country=calendar.country)
    if limit.unit in MONTHS:
        return add_months(after, _months(limit))
    return calendar.add(after, limit.of(int), limit.day_kind)


def first_day(rule: str, *, before: date, calendar: Calendar = FRANCE) -> date:
    """The day from which something is within a time limit before another day."""
    limit = value(rule, on=before, country=calendar.country)
    if limit.unit in MONTHS:
        return add_months(before, -_months(limit))
    return calendar.subtract(before, limit.of(int), limit.day_kind)


def _months(limit: Parameter) -> int:
    return limit.of(int) * MONTHS[limit.unit]
