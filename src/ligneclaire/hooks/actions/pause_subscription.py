"""Nothing more is sent to another system for now."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.audit.actions.note_changes import note_changes
from ligneclaire.audit.states import ChangeKind
from ligneclaire.hooks.models import Posting
from ligneclaire.hooks.queries import subscriptions
from ligneclaire.hooks.states import PostingState
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused


class PausedAlready(Refused):
    """Nothing is sent to this subscription since then."""


@transaction.atomic
def pause_subscription(*, name: str, because: str, by: Actor, at: datetime) -> None:
    """Hold back what waits for it, and what comes."""
    row = subscriptions.locked(name)
    if row.paused_at:
        raise PausedAlready(name=name, since=row.paused_at)
    before = subscriptions.values_of(row)
    row.paused_at, row.paused_because = at, because[:200] or str(by)
    row.save(update_fields=["paused_at", "paused_because"])
    after = subscriptions.values_of(row)
    note_changes(kind=ChangeKind.WEBHOOK, before={name: before}, after={name: after}, by=by, at=at)
    Posting.objects.filter(subscription=row, state=PostingState.WAITING).update(state=PostingState.HELD)
