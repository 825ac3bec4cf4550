"""Copies of everything about a person, as far as they are."""

from __future__ import annotations

import enum
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ligneclaire.people.models import RecordCopy, RecordFetch

MOST = 20


class CopyState(enum.StrEnum):
    """What a copy is to its person."""

    BEING_PREPARED = "being prepared"
    READY = "ready"
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyCard:
    """A copy: who asked for it, whose data it has, and until when it can be downloaded."""

    uuid: UUID
    customer: str
    asked_at: datetime
    wants_word: bool
    numbers: tuple[str, ...]
    size: int | None
    kept_at: datetime | None
    ends_at: datetime | None
    dropped_at: datetime | None

    def state(self, numbers: Collection[str], *, at: datetime) -> CopyState:
        """What it is to a person with these numbers: it is over, too, once one of its numbers is another's."""
        if self.dropped_at or (self.ends_at and self.ends_at <= at) or not set(self.numbers) <= set(numbers):
            return CopyState.OVER
        return CopyState.READY if self.kept_at else CopyState.BEING_PREPARED


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """A download: when, and what the browser said of itself."""

    at: datetime
    device: str


def last(numbers: Collection[str]) -> CopyCard | None:
    """The one that a person asked for last, under whichever of their numbers."""
    row = RecordCopy.objects.filter(customer__number__in=numbers).order_by("-asked_at", "-id").first()
    return _card(row) if row else None


def to_prepare() -> tuple[CopyCard, ...]:
    """Those that nobody has prepared yet, first asked first."""
    rows = RecordCopy.objects.filter(kept_at=None, dropped_at=None).order_by("asked_at", "id")
    return tuple(map(_card, rows))


def fetches(numbers: Collection[str]) -> tuple[Fetch, ...]:
    """The last downloads of copies of a person, newest first."""
    rows = RecordFetch.objects.filter(copy__customer__number__in=numbers).order_by("-at", "-id")
    return tuple(Fetch(at=at, device=device) for at, device in rows.values_list("at", "session__device")[:MOST])


def _card(row: RecordCopy) -> CopyCard:
    return CopyCard(
        uuid=row.uuid,
        customer=row.customer_id,
        asked_at=row.asked_at,
        wants_word=row.wants_word,
        numbers=tuple(row.numbers),
        size=row.size,
        kept_at=row.kept_at,
        ends_at=row.ends_at,
        dropped_at=row.dropped_at,
    )
