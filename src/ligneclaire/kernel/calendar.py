"""Days that count: calendar days, jours ouvrables, jours ouvrés, by country and region."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from functools import cache
from zoneinfo import ZoneInfo

import holidays

ONE_DAY = timedelta(days=1)


class DayKind(Enum):
    """Which days of the week count; on all but calendar days, public holidays do not."""

    CALENDAR = "calendar"
    OUVRABLE = "ouvrable"
    """Monday to Saturday."""
    OUVRE = "ouvre"
    """Monday to Friday."""


LAST_WEEKDAY = {DayKind.OUVRABLE: 5, DayKind.OUVRE: 4}


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working days and the time zone of a country, or of a region with holidays of its own."""

    country: str = "FR"
    region: str | None = None
    zone: str = "Europe/Paris"

    @property
    def tz(self) -> ZoneInfo:
        """The time zone in which a day begins and ends."""
        return ZoneInfo(self.zone)

    def is_day(self, day: date, kind: DayKind) -> bool:
        """Tell whether this day counts as a day of this kind."""
        if kind is DayKind.CALENDAR:
            return True
        return day.weekday() <= LAST_WEEKDAY[kind] and day not in _public_holidays(self.country, self.region, day.year)

    def add(self, day: date, n: int, kind: DayKind) -> date:
        """The n-th day of this kind after `day`."""
        return self._step(day, n, kind, ONE_DAY)

    def subtract(self, day: date, n: int, kind: DayKind) -> date:
        """The n-th day of this kind before `day`."""
        return self._step(day, n, kind, -ONE_DAY)

    def next_day(self, day: date, kind: DayKind) -> date:
        """The first day of this kind from `day` on, `day` itself included."""
        return day if self.is_day(day, kind) else self.add(day, 1, kind)

    def deadline(self, day: date, days: int) -> date:
        """The last day of a time limit by Regulation 1182/71: `day` does not count, the last is a working day."""
        return self.next_day(day + days * ONE_DAY, DayKind.OUVRE)

    def at(self, day: date, time: time) -> datetime:
        """The instant of a local time; the first of two in autumn, moved on by the missing hour in spring."""
        return datetime.combine(day, time, self.tz).astimezone(UTC).astimezone(self.tz)

    def date_of(self, at: datetime) -> date:
        """The local day on which an instant falls."""
        if at.tzinfo is None:
            raise ValueError(f"an instant needs a time zone: {at.isoformat()}")
        return at.astimezone(self.tz).date()

    def _step(self, day: date, n: int, kind: DayKind, step: timedelta) -> date:
        if n < 0:
            raise ValueError(f"a number of days is not negative: {n}")
        if kind is DayKind.CALENDAR:
            return day + n * step
        while n:
            day += step
            n -= self.is_day(day, kind)
        return day


def add_months(day: date, n: int) -> date:
    """The same day of the month `n` months later, or the last day of a month that is too short."""
    years, month = divmod(day.month - 1 + n, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@cache
def _public_holidays(country: str, region: str | None, year: int) -> frozenset[date]:
    try:
        return frozenset(holidays.country_holidays(country, subdiv=region, years=year))
    except NotImplementedError:
        raise ValueError(f"no public holidays are known for country {country!r}, region {region!r}") from None
