"""What another system answered to an event."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import structlog
from django.db import transaction

from ligneclaire.hooks.actions.pause_subscription import pause_subscription
from ligneclaire.hooks.jobs import post_again
from ligneclaire.hooks.models import Posting
from ligneclaire.hooks.rules.patience import wait
from ligneclaire.hooks.states import PostingState
from ligneclaire.kernel.actor import Actor

GONE = 410
log = structlog.get_logger("ligneclaire.hooks")


@transaction.atomic
def note_posting(*, posting: UUID, tried: int, status: int | None, answer: str, by: Actor, at: datetime) -> None:
    """Close a posting that was taken; try another again later, or pause its subscription and say so.

    `status` is None where there was no answer. What was noted since this try was begun stands.
    """
    waiting = Posting.objects.filter(uuid=posting, tries=tried, state=PostingState.WAITING)
    row = waiting.select_related("subscription").select_for_update().first()
    if row is None:
        return
    row.tries, row.begun_at, row.answer = tried + 1, row.begun_at or at, answer[:200] or str(status)
    if status is not None and status // 100 == 2:  # noqa: PLR2004  # any success
        row.state, row.ended_at = PostingState.DELIVERED, at
        row.save()
        return
    again = None if status == GONE else wait(row.tries, at - row.begun_at)
    if again:
        row.save()
        post_again(posting, row.subscription_id, tried=row.tries, after=again)
        return
    row.state, row.ended_at = PostingState.GIVEN_UP, at
    row.save()
    log.error("subscription paused", subscription=row.subscription.name, posting=str(posting), answer=row.answer)
    pause_subscription(name=row.subscription.name, because=f"given up: {row.answer}", by=by, at=at)
