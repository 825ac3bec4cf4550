"""Whose turn it is: the open steps of all plans, by department, those first that customers were promised soonest."""

from __future__ import annotations

import enum
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection
from pydantic import TypeAdapter

from ligneclaire.facts.sql import named
from ligneclaire.journeys.queries import plans

SQL = named(Path(__file__).with_suffix(".sql"))
SUNDAY = 6


class Only(enum.StrEnum):
    """Which of the open steps."""

    ALL = "all"
    LATE = "late"
    """Their day, expected or promised, has passed."""
    TODAY = "today"
    WEEK = "week"
    """From today to Sunday."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenStep:
    """A step that is somebody's turn; `owner` looks after the case of it, or else after the customer."""

    customer: str
    customer_name: str
    plan: UUID
    kind: str
    subject: str
    name: str
    tells: str | None
    opened_at: datetime
    expected_on: date
    promised_on: date | None
    is_late: bool
    owner: str
    owner_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Some steps of a department, and how many there are of each sort."""

    rows: tuple[OpenStep, ...]
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How many steps wait for a department, and how many of them are late."""

    open: int
    late: int


ROWS = TypeAdapter(tuple[OpenStep, ...])


def of(department: str, *, only: Only = Only.ALL, today: date, limit: int | None = None, skip: int = 0) -> Work:
    """The open steps of a department, in one query."""
    week_ends = today + timedelta(days=SUNDAY - today.weekday())
    given = {**_given(department, today), "only": only, "week_ends": week_ends, "limit": limit, "skip": skip}
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {SQL['waiting']}{SQL['list']}", given)
        counts, rows = cursor.fetchone()
    return Work(rows=ROWS.validate_json(rows or "[]"), counts=json.loads(counts))


def by_department(*, today: date) -> dict[str, Load]:
    """How much waits for each department for which something waits."""
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {SQL['waiting']}{SQL['departments']}", _given("", today))
        return {department: Load(open=count, late=late) for department, count, late in cursor.fetchall()}


def _given(department: str, today: date) -> dict[str, Any]:
    return {**plans.dated(), "department": department, "today": today}
