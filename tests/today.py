"""What stands in the lists of a day, for tests that look at one of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from ligneclaire.voice.queries import day
from ligneclaire.voice.queries.day import DayList


def listed(name: DayList, *, on: date, adviser: str = "A-1", limit: int = 99) -> tuple[Any, ...]:
    """The rows of a list as an adviser sees it."""
    return day.one(name, adviser, today=on, limit=limit, skip=0).rows
