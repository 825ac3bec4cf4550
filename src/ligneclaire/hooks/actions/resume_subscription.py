"""Events go to another system again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.audit.actions.note_changes import note_changes
from ligneclaire.audit.states import ChangeKind
from ligneclaire.hooks.jobs import post_later
from ligneclaire.hooks.models import Posting
from ligneclaire.hooks.queries import subscriptions
from ligneclaire.hooks.states import PostingState
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused


class NotPaused(Refused):
    """Events go to this subscription."""


@transaction.atomic
def resume_subscription(*, name: str, by: Actor, at: datetime) -> int:
    """Send what was held back, as if it were new, and what comes; return how much was."""
    row = subscriptions.locked(name)
    if row.paused_at is None:
        raise NotPaused(name=name)
    before = subscriptions.values_of(row)
    row.paused_at, row.paused_because = None, ""
    row.save(update_fields=["paused_at", "paused_because"])
    after = subscriptions.values_of(row)
    note_changes(kind=ChangeKind.WEBHOOK, before={name: before}, after={name: after}, by=by, at=at)
    held = Posting.objects.filter(subscription=row, state__in=[PostingState.HELD, PostingState.WAITING])
    waiting = list(held.order_by("id").values_list("uuid", flat=True))
    held.update(state=PostingState.WAITING, tries=0, begun_at=None, answer="")
    post_later((uuid, row.pk) for uuid in waiting)
    return len(waiting)
