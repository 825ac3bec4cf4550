"""The hours in which no telephone rings for what can wait."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

EVENING, MORNING = time(20, 0), time(8, 0)
SUNDAY = 6
ONE_DAY = timedelta(days=1)


def quiet_until(at: datetime, zone: ZoneInfo) -> datetime | None:
    """The morning until which a person's telephone is left alone; None when it need not be."""
    here = at.astimezone(zone)
    if here.weekday() != SUNDAY and MORNING <= here.time() < EVENING:
        return None
    day = here.date() if here.time() < MORNING else here.date() + ONE_DAY
    if here.weekday() == SUNDAY or day.weekday() == SUNDAY:
        day = here.date() + (6 - here.weekday()) * ONE_DAY + ONE_DAY  # the Monday after
    return datetime.combine(day, MORNING, tzinfo=zone)
