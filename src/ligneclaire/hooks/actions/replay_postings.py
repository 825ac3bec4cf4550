"""Another system lost events and wants them again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.hooks.jobs import post_later
from ligneclaire.hooks.models import Posting
from ligneclaire.hooks.queries import subscriptions
from ligneclaire.hooks.states import OVER, PostingState
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused


class SubscriptionPaused(Refused):
    """Nothing is sent to this subscription since then: resume it first."""


class NothingToReplay(Refused):
    """Nothing that was sent to this subscription is meant."""


@transaction.atomic
def replay_postings(
    *, name: str, posting: UUID | None, since: datetime | None, until: datetime | None, by: Actor, at: datetime
) -> int:
    """Send again what was sent or given up, one or those recorded in a time, under the same ids; return how many."""
    row = subscriptions.locked(name)
    if row.paused_at:
        raise SubscriptionPaused(name=name, since=row.paused_at)
    meant = Posting.objects.filter(subscription=row, state__in=OVER)
    if posting:
        meant = meant.filter(uuid=posting)
    if since:
        meant = meant.filter(recorded_at__gte=since)
    if until:
        meant = meant.filter(recorded_at__lt=until)
    again = list(meant.order_by("id").select_for_update().values_list("uuid", flat=True))
    if not again:
        raise NothingToReplay(name=name)
    Posting.objects.filter(uuid__in=again).update(
        state=PostingState.WAITING, tries=0, begun_at=None, ended_at=None, answer=""
    )
    post_later((uuid, row.pk) for uuid in again)
    return len(again)
