"""Facts that nobody could make sense of, or that could not be handled: each with the person who looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection

from ligneclaire.facts.sql import named

SQL = named(Path(__file__).with_suffix(".sql"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A fact that waits for a person; `what` is "not understood" or "set aside"."""

    fact: str
    source: str
    kind: str
    customer: str | None
    customer_name: str
    recorded_at: datetime
    what: str
    reason: str
    owner: str


def newest(*, limit: int) -> tuple[Trouble, ...]:
    """The newest of them."""
    with connection.cursor() as cursor:
        cursor.execute(SQL["troubles"], {"limit": limit})
        return tuple(
            Trouble(
                fact=fact,
                source=source,
                kind=kind,
                customer=customer,
                customer_name=customer_name or "",
                recorded_at=recorded_at,
                what=what,
                reason=reason,
                owner=owner,
            )
            for fact, source, kind, customer, customer_name, recorded_at, what, reason, owner in cursor.fetchall()
        )
