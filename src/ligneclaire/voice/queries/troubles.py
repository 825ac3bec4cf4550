"""Facts that nobody could make sense of, or that could not be handled: each with the person who looks."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection

from ligneclaire.facts.sql import named

SQL = named(Path(__file__).with_suffix(".sql"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A fact that waits for a person; `what` is "not understood" or "set aside"."""

    id: int
    fact: str
    source: str
    kind: str
    customer: str | None
    customer_name: str
    recorded_at: datetime
    what: str
    reason: str
    value: object
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """What a person did about such a fact."""

    fact: str
    kind: str
    customer: str | None
    deed: str
    note: str
    by: str
    at: datetime


def newest(*, limit: int, skip: int = 0) -> tuple[Trouble, ...]:
    """The newest of them that nobody has ticked off."""
    names = ("id", "fact", "source", "kind", "customer", "customer_name", "recorded_at", "what", "reason")
    with connection.cursor() as cursor:
        cursor.execute(SQL["troubles"], {"limit": limit, "skip": skip})
        return tuple(
            Trouble(**dict(zip(names, row, strict=True)), value=json.loads(value), owner=owner)
            for *row, value, owner in cursor.fetchall()
        )


def inspected(*, limit: int) -> tuple[Inspected, ...]:
    """What was done about them last."""
    names = ("fact", "kind", "customer", "deed", "note", "by", "at")
    with connection.cursor() as cursor:
        cursor.execute(SQL["inspected"], {"limit": limit})
        return tuple(Inspected(**dict(zip(names, row, strict=True))) for row in cursor.fetchall())
