"""By when a line that broke works again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from ligneclaire import law
from ligneclaire.kernel.calendar import Calendar, DayKind
from ligneclaire.kernel.service_hours import ALWAYS, ServiceHours, due
from ligneclaire.kernel.span import Span


class Level(StrEnum):
    """What was agreed on the time to restore; without a level, the reference target of an ordinary line holds."""

    FTTH_1 = "ftth_1"
    FTTO = "ftto"


class Clock(StrEnum):
    """Which hours count."""

    ALWAYS = "24/7"
    HO = "HO"
    """Heures ouvrées."""


def restored_at(
    broken_at: datetime, level: Level | None = None, *, absences: Iterable[Span] = (), calendar: Calendar = law.FRANCE
) -> datetime:
    """The instant by which a line works again; the clock stands still while the customer is absent."""
    on = calendar.date_of(broken_at)
    rule = f"SLA-05.{level}" if level else "SLA-03.repair_hours"
    limit = timedelta(hours=law.value(rule, on=on, country=calendar.country).of(int))
    clock = Clock(law.value(f"{rule}.clock", on=on, country=calendar.country).of(str)) if level else Clock.ALWAYS
    return due(
        broken_at, limit, service_hours(clock, on=on, country=calendar.country), stops=absences, calendar=calendar
    )


def restored_on(
    broken_at: datetime, level: Level | None = None, *, absences: Iterable[Span] = (), calendar: Calendar = law.FRANCE
) -> date:
    """The day by which a line works again, when nobody named an earlier one."""
    return calendar.date_of(restored_at(broken_at, level, absences=absences, calendar=calendar))


def service_hours(clock: Clock, *, on: date, country: str = "FR") -> ServiceHours:
    """The hours that a clock counts."""
    if clock is Clock.ALWAYS:
        return ALWAYS
    opens, closes = (time(law.value(f"SLA-06.{edge}", on=on, country=country).of(int)) for edge in ("opens", "closes"))
    return ServiceHours(opens=opens, closes=closes, days=DayKind.OUVRE)
