"""A message was refused for good: from now on a person looks."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Coalesce

from ligneclaire.channels.models import Message
from ligneclaire.channels.states import MessageState
from ligneclaire.kernel.actor import Actor


def mark_undeliverable(*, message: UUID, answer: str, by: Actor, at: datetime) -> bool:
    """Take a queued message out of the queue, with the server's words; return whether it was still queued."""
    queued = Message.objects.filter(uuid=message, state=MessageState.QUEUED)
    refused = queued.update(
        state=MessageState.UNDELIVERABLE,
        tried=F("tried") + 1,
        failing_since=Coalesce("failing_since", at),
        answer=answer[:500],
        held_until=None,
    )
    return refused == 1
