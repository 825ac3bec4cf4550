"""What was said, and what each fact came to."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection

from ligneclaire.facts.sql import named
from ligneclaire.voice.models import Told
from ligneclaire.voice.rules.state import Mode
from ligneclaire.voice.topics import TOPICS
from ligneclaire.voice.values import Takes

SQL = named(Path(__file__).with_suffix(".sql"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldTopic:
    """One topic of an utterance, with what was said before and the names of the facts it rests on."""

    subject: str
    key: str
    value: object
    earlier: object
    facts: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A fact and how it ended; `end` is "waiting" while it has not."""

    id: int
    name: str
    source: str
    kind: str
    subject: str
    value: object
    at: datetime
    recorded_at: datetime
    end: str
    reason: str
    utterance: UUID | None
    by_fact: str | None


def topics_of(utterances: Collection[UUID]) -> dict[UUID, tuple[ToldTopic, ...]]:
    """The topics of these utterances, in the order in which they were said."""
    found: dict[UUID, list[ToldTopic]] = {uuid: [] for uuid in utterances}
    for row in Told.objects.filter(utterance__uuid__in=utterances).order_by("utterance", "place"):
        found[row.utterance_id].append(
            ToldTopic(subject=row.subject, key=row.key, value=row.value, earlier=row.earlier, facts=tuple(row.facts))
        )
    return {uuid: tuple(topics) for uuid, topics in found.items()}


def values_to(customers: Collection[str]) -> tuple[frozenset[date], frozenset[Decimal]]:
    """The days and the amounts that a person with these numbers was told last on each topic."""
    rows = Told.objects.filter(customer__in=customers).order_by("id")
    last = {(row.subject, row.key): row.value for row in rows}
    values = [(TOPICS[key].takes, value) for (_, key), value in last.items() if value is not None and key in TOPICS]
    days = frozenset(date.fromisoformat(str(value)) for takes, value in values if takes is Takes.DATE)
    amounts = frozenset(Decimal(value["amount"]) for takes, value in values if takes is Takes.MONEY)
    return days, amounts


def last_told(customers: Collection[str], key: str, *, since: datetime) -> dict[str, ToldTopic]:
    """What these customers were told last of a topic after an instant, by subject; not what was only proposed."""
    rows = Told.objects.filter(customer__in=customers, key=key, utterance__at__gt=since, utterance__mode=Mode.LIVE)
    return {
        row.subject: ToldTopic(
            subject=row.subject, key=row.key, value=row.value, earlier=row.earlier, facts=tuple(row.facts)
        )
        for row in rows.order_by("utterance__at", "id")
    }


def outcomes_of(customer: str | None, *, newest: int | None = None) -> tuple[Ended, ...]:
    """Every fact about a customer (None: about nobody), newest first, with what it came to."""
    with connection.cursor() as cursor:
        statement = SQL["of_nobody"] if customer is None else SQL["of_customer"]
        cursor.execute(statement, {"customer": customer, "newest": newest})
        return tuple(_ended(row) for row in cursor.fetchall())


def not_understood(*, limit: int) -> tuple[Ended, ...]:
    """The newest facts that nobody could make sense of."""
    with connection.cursor() as cursor:
        cursor.execute(SQL["not_understood"], {"limit": limit})
        return tuple(_ended(row) for row in cursor.fetchall())


def _ended(row: tuple[Any, ...]) -> Ended:
    number, source, source_id, kind, subject, value, at, recorded_at, end, reason, utterance, by_fact = row
    return Ended(
        id=number,
        name=f"{source}/{source_id}",
        source=source,
        kind=kind,
        subject=subject,
        value=json.loads(value),
        at=at,
        recorded_at=recorded_at,
        end=end,
        reason=reason,
        utterance=utterance,
        by_fact=by_fact,
    )
