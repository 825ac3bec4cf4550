"""When somebody can come, and is not with somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.db import connection
from psycopg.types.range import TimestamptzRange

from ligneclaire.facts.sql import named
from ligneclaire.kernel.calendar import ONE_DAY
from ligneclaire.people.queries import operator
from ligneclaire.visits.rules.times import days
from ligneclaire.visits.values import Window

_SQL = named(Path(__file__).with_suffix(".sql"))
OFFERED = _SQL["offered"]
FREE, IS_OFFERED = (_SQL[name].format(offered=OFFERED) for name in ("free", "is_offered"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A window, and how many could come then."""

    starts: datetime
    ends: datetime
    technicians: int

    @property
    def window(self) -> Window:
        """The time alone."""
        return Window(starts=self.starts, ends=self.ends)


def free(*, territory: str, skill: str, from_: date, to: date, at: datetime) -> tuple[Slot, ...]:
    """The windows of some days, both included, in which somebody who can do it is free there."""
    calendar = operator.current().calendar
    open_days = days(from_, to, at=at, calendar=calendar)
    if not open_days:
        return ()
    span = TimestamptzRange(calendar.at(open_days[0], time()), calendar.at(open_days[-1] + ONE_DAY, time()))
    values: dict[str, Any] = {
        "territory": territory,
        "skill": skill,
        "days": open_days,
        "zone": calendar.zone,
        "span": span,
        "at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(FREE, values)
        return tuple(Slot(starts=starts, ends=ends, technicians=count) for starts, ends, count in cursor.fetchall())
