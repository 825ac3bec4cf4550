"""What was, or will be, sent to other systems."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ligneclaire.hooks.models import Posting
from ligneclaire.hooks.states import PostingState


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingCard:
    """An event on its way: to where, signed from which seed, of which fact, and where it stands."""

    uuid: UUID
    url: str
    seed: UUID
    source: str
    source_id: str
    kind: str
    subject: str
    recorded_at: datetime
    state: PostingState
    tries: int
    answer: str


def to_send(posting: UUID, *, tried: int) -> PostingCard | None:
    """A posting that waits and was tried so often, if it is still so and its subscription not paused."""
    rows = Posting.objects.filter(uuid=posting, tries=tried, state=PostingState.WAITING)
    return next(map(_card, rows.filter(subscription__paused_at=None).select_related("subscription")), None)


def newest(name: str, *, limit: int, skip: int = 0) -> tuple[PostingCard, ...]:
    """What was offered to a subscription last, newest first."""
    rows = Posting.objects.filter(subscription__name=name).select_related("subscription")
    return tuple(map(_card, rows.order_by("-recorded_at", "-id")[skip : skip + limit]))


def _card(row: Posting) -> PostingCard:
    return PostingCard(
        uuid=row.uuid,
        url=row.subscription.url,
        seed=row.subscription.seed,
        source=row.source,
        source_id=row.source_id,
        kind=row.kind,
        subject=row.subject,
        recorded_at=row.recorded_at,
        state=PostingState(row.state),
        tries=row.tries,
        answer=row.answer,
    )
