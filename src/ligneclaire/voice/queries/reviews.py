"""Messages that a second adviser looks at before they leave."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery

from ligneclaire.kernel.actor import Actor, ActorKind
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.models import Adviser
from ligneclaire.people.queries import logins
from ligneclaire.voice.models import Review
from ligneclaire.voice.rules.reviews import Cause, ReviewState, causes
from ligneclaire.voice.rules.typed import mentions


class NothingToDecide(Refused):
    """The message does not wait for a look: it was decided, or its author writes on."""


class OwnMessage(Refused):
    """Nobody approves or sends back what they wrote themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewCard:
    """A message that was handed in, by whom and why, and what became of it."""

    uuid: UUID
    message: UUID
    customer: str
    author: str
    author_name: str
    causes: tuple[str, ...]
    words: Mapping[str, Any]
    asked_at: datetime
    state: str
    decided_by: str
    decided_by_name: str
    decided_at: datetime | None
    reason: str

    @property
    def is_waiting(self) -> bool:
        """Whether somebody has still to look."""
        return self.state == ReviewState.WAITING


def by_uuid(uuid: UUID) -> ReviewCard | None:
    """One that was handed in."""
    row = _rows().filter(uuid=uuid).first()
    return _card(row) if row else None


def last_of(message: UUID) -> ReviewCard | None:
    """What became of a message when it was handed in last, if it ever was."""
    row = _rows().filter(message=message).order_by("-id").first()
    return _card(row) if row else None


def waiting_to(numbers: Collection[str]) -> tuple[ReviewCard, ...]:
    """The messages to a person that wait for a second adviser, oldest first."""
    return tuple(_card(row) for row in _rows().filter(customer__in=numbers, state=ReviewState.WAITING).order_by("id"))


def locked(uuid: UUID) -> Review:
    """One that still waits, which nobody else decides until the transaction ends."""
    row = Review.objects.select_for_update().filter(uuid=uuid, state=ReviewState.WAITING).first()
    if row is None:
        raise NothingToDecide(review=uuid)
    return row


def locked_for(uuid: UUID, by: Actor) -> Review:
    """The same, for a second adviser who may decide about it."""
    row = locked(uuid)
    if row.author == by.number:
        raise OwnMessage(review=uuid)
    return row


def causes_of(message: UUID, text: str, *, by: Actor, today: date) -> tuple[Cause, ...]:
    """Why these words of somebody wait for a second adviser; not when one has approved them."""
    if by.kind is not ActorKind.ADVISER or Review.objects.filter(message=message, state=ReviewState.APPROVED).exists():
        return ()
    above: Decimal | None = settings.APPROVE_ABOVE
    found = mentions(text, today=today, dates=(), amounts=())
    return causes(found, is_in_training=logins.is_in_training(by.number), above=above)


def _rows() -> QuerySet[Review]:
    named = Adviser.objects.values("name")
    return Review.objects.annotate(
        author_name=Subquery(named.filter(number=OuterRef("author"))),
        decider_name=Subquery(named.filter(number=OuterRef("decided_by"))),
    )


def _card(row: Review) -> ReviewCard:
    return ReviewCard(
        uuid=row.uuid,
        message=row.message,
        customer=row.customer,
        author=row.author,
        author_name=row.author_name,  # type: ignore[attr-defined]  # of the query
        causes=tuple(row.causes),
        words=row.words,
        asked_at=row.asked_at,
        state=row.state,
        decided_by=row.decided_by,
        decided_by_name=row.decider_name or "",  # type: ignore[attr-defined]  # of the query
        decided_at=row.decided_at,
        reason=row.reason,
    )
