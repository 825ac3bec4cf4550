"""A message could not be handed over yet: say since when, and what the server said."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Coalesce

from ligneclaire.channels.models import Message
from ligneclaire.channels.states import MessageState
from ligneclaire.kernel.actor import Actor


def mark_delayed(*, message: UUID, answer: str, by: Actor, at: datetime) -> bool:
    """Count a try in vain of a queued message; it stays queued. Return whether it was still queued."""
    queued = Message.objects.filter(uuid=message, state=MessageState.QUEUED)
    since = Coalesce("failing_since", at)
    return queued.update(tried=F("tried") + 1, failing_since=since, answer=answer[:500]) == 1
