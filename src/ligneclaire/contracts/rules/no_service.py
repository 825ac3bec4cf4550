"""No service, no bill: what is credited for the days on which a line did not work."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from fractions import Fraction
from itertools import groupby, islice

from ligneclaire import law
from ligneclaire.kernel.calendar import ONE_DAY, Calendar
from ligneclaire.kernel.money import Money, Rounding
from ligneclaire.kernel.period import Period
from ligneclaire.kernel.span import Span, joined

A_MOMENT = timedelta.resolution
Outage = tuple[datetime, datetime | None]


class Policy(StrEnum):
    """Which days without service count."""

    STARTED_DAY = "started_day"
    """Each local day on which the line did not work for any time."""
    FULL_24_HOURS = "24_hours"
    """As many days, from the first, as an outage has full periods of 24 hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """What a calendar month gives back: `days` from `period_from` to `period_to`, both of which count, as on a bill."""

    period_from: date
    period_to: date
    days: int
    amount: Money


def credits_of(
    outages: Iterable[Outage],
    price: Money,
    *,
    upto: date,
    policy: Policy | None = None,
    charged: Iterable[Period] | None = None,
    calendar: Calendar = law.FRANCE,
) -> tuple[Credit, ...]:
    """One credit for each month with days without service, up to and including the day `upto`.

    A day is worth the monthly price by the days of its month, so a whole month is exactly the price. An outage without
    end goes on. Where `charged` is given, only days for which something was charged are given back.
    """
    if price.minor < 0:
        raise ValueError(f"price: a monthly price is not negative: {price}")
    end = calendar.at(upto + ONE_DAY, time())
    spans = joined((begins, min(ends or end, end)) for begins, ends in outages if begins < end)
    days = _days(spans, policy, calendar)
    if charged is not None:
        periods = tuple(charged)
        days = {day for day in days if any(day in period for period in periods)}
    return tuple(
        _credit(tuple(group), price) for _, group in groupby(sorted(days), key=lambda day: (day.year, day.month))
    )


def _days(spans: Iterable[Span], policy: Policy | None, calendar: Calendar) -> set[date]:
    found: set[date] = set()
    for begins, ends in spans:
        first, last = calendar.date_of(begins), calendar.date_of(ends - A_MOMENT)
        rule = policy or Policy(law.value("SLA-09", on=first, country=calendar.country).of(str))
        touched = _from_to(first, last)
        if rule is Policy.FULL_24_HOURS:
            touched = islice((day for day in touched if day not in found), (ends - begins) // ONE_DAY)
        found.update(tuple(touched))
    return found


def _from_to(first: date, last: date) -> Iterator[date]:
    return (first + n * ONE_DAY for n in range((last - first).days + 1))


def _credit(days: tuple[date, ...], price: Money) -> Credit:
    first = days[0]
    share = Fraction(len(days), monthrange(first.year, first.month)[1])
    return Credit(
        period_from=first, period_to=days[-1], days=len(days), amount=price.share(share, rounding=Rounding.UP)
    )
