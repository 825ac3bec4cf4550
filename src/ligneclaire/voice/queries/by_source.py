"""What one department stated, and what each of it came to."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import connection

from ligneclaire.facts.sql import named
from ligneclaire.voice.rules.state import WITHDRAWAL, End
from ligneclaire.voice.topics import STATABLE
from ligneclaire.voice.values import Takes

SQL = named(Path(__file__).with_suffix(".sql"))
CHANGEABLE = frozenset(topic.key for topic in STATABLE if topic.takes not in {Takes.EVENT, Takes.REQUEST})
OVER = (End.WITHDRAWN, End.SUPERSEDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedFact:
    """A fact of a department; `end` is "waiting" or "set aside" as long as nothing came of it."""

    id: int
    source_id: str
    kind: str
    customer: str
    subject: str
    value: object
    effective: date | None
    at: datetime
    recorded_at: datetime
    by: str
    end: str
    reason: str
    is_taken_back: bool

    @property
    def contract(self) -> str:
        """The contract that it is about, "" for none."""
        kind, _, number = self.subject.partition(":")
        return number if kind == "contract" else ""

    @property
    def can_withdraw(self) -> bool:
        """Whether its department can take it back: not twice, and not what takes another one back."""
        return self.kind != WITHDRAWAL and not self.is_taken_back

    @property
    def can_change(self) -> bool:
        """Whether its department can state it anew: an event stands as it happened, and what is over is over."""
        return self.kind in CHANGEABLE and bool(self.contract) and self.can_withdraw and self.end not in OVER


def newest(source: str, *, limit: int) -> tuple[StatedFact, ...]:
    """What a department stated last."""
    return _found(source, limit=limit)


def one(source: str, fact: int) -> StatedFact | None:
    """A fact by its number, if it is this department's."""
    return next(iter(_found(source, fact=fact)), None)


def named_so(source: str, source_id: str) -> StatedFact | None:
    """The fact that a department stated under an id."""
    return next(iter(_found(source, source_id=source_id)), None)


def _found(
    source: str, *, fact: int | None = None, source_id: str | None = None, limit: int = 1
) -> tuple[StatedFact, ...]:
    with connection.cursor() as cursor:
        cursor.execute(SQL["newest"], {"source": source, "fact": fact, "source_id": source_id, "limit": limit})
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return tuple(StatedFact(**row | {"value": json.loads(row["value"])}) for row in rows)
