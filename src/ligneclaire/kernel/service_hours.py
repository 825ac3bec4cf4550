"""The clock of a time limit in hours: it runs while service is open and stands still in between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import takewhile

from ligneclaire.kernel.calendar import ONE_DAY, Calendar, DayKind
from ligneclaire.kernel.span import Span, joined, utc, without

NO_TIME = timedelta()


@dataclass(frozen=True, slots=True)
class ServiceHours:
    """When service is open, and on which days; without a closing time, until midnight."""

    opens: time = time()
    closes: time | None = None
    days: DayKind = DayKind.CALENDAR

    def __post_init__(self) -> None:
        if self.closes is not None and self.closes <= self.opens:
            raise ValueError(f"service closes after it opens: {self.opens} to {self.closes}")


ALWAYS = ServiceHours()


def due(
    start: datetime, limit: timedelta, hours: ServiceHours, *, stops: Iterable[Span] = (), calendar: Calendar
) -> datetime:
    """The first instant by which so much service time has passed since `start`; what lies in a stop does not count."""
    if limit < NO_TIME:
        raise ValueError(f"a time limit is not negative: {limit}")
    left, reached = limit, utc(start)
    running = _running(reached, hours, stops, calendar)
    while left:
        begins, ends = next(running)
        reached = min(ends, begins + left)
        left -= reached - begins
    return reached.astimezone(calendar.tz)


def passed(
    start: datetime, end: datetime, hours: ServiceHours, *, stops: Iterable[Span] = (), calendar: Calendar
) -> timedelta:
    """How much service time lies between two instants; what lies in a stop does not count."""
    last = utc(end)
    counted = takewhile(lambda span: span[0] < last, _running(utc(start), hours, stops, calendar))
    return sum((min(ends, last) - begins for begins, ends in counted), NO_TIME)


def _running(start: datetime, hours: ServiceHours, stops: Iterable[Span], calendar: Calendar) -> Iterator[Span]:
    standing = joined(stops)
    day = calendar.date_of(start)
    while True:
        day = calendar.next_day(day, hours.days)
        opens = utc(calendar.at(day, hours.opens))
        closes = utc(calendar.at(day, hours.closes) if hours.closes else calendar.at(day + ONE_DAY, time()))
        yield from without((max(opens, start), closes), standing)
        day += ONE_DAY
