"""A fact on its way into the record, and the answer to whoever states it."""

from __future__ import annotations

import enum
import json
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db.models import IntegerChoices

_SORTED = json.JSONEncoder(sort_keys=True)


def _text(value: object) -> object:
    return value if isinstance(value, date) else _SORTED.encode(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a source states under an id of its own; `at` is the source's time."""

    source: str
    source_id: str
    kind: str
    customer: str | None
    subject: str
    value: object
    effective: date | None
    at: datetime

    @property
    def key(self) -> str:
        """Whose news it is: the customer's, or the source's where no customer is concerned."""
        return self.customer or f"source:{self.source}"

    @property
    def name(self) -> str:
        """How people and files call it."""
        return f"{self.source}/{self.source_id}"

    @property
    def once(self) -> tuple[str, str]:
        """What a source may use for one content only."""
        return (self.source, self.source_id)

    @property
    def digest(self) -> bytes:
        """What "the same content" means for two statements under one id."""
        content = [
            self.kind,
            self.customer,
            self.subject,
            self.value,
            self.effective and self.effective.isoformat(),
            self.at.timestamp(),
        ]
        return sha256(_SORTED.encode(content).encode()).digest()

    def differences(self, earlier: Statement) -> dict[str, tuple[object, object]]:
        """What an earlier statement said otherwise, by field: its value and ours."""
        pairs = {
            name: (getattr(earlier, name), getattr(self, name))
            for name in ("kind", "customer", "subject", "value", "effective", "at")
        }
        return {name: (then, now) for name, (then, now) in pairs.items() if _text(then) != _text(now)}


class Answer(enum.StrEnum):
    """What became of a statement at the door."""

    ACCEPTED = "accepted"
    KNOWN = "already known"
    CONFLICT = "same id, other content"


class Priority(IntegerChoices):
    """Live news before news that came in bulk."""

    LIVE = 0
    BULK = 1
