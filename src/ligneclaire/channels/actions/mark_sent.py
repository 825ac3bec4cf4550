"""A message has left: say when, where its file is, and what exactly it was."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ligneclaire.channels.models import Message
from ligneclaire.channels.states import MessageState
from ligneclaire.kernel.actor import Actor


def mark_sent(*, message: UUID, file: str, digest: str, by: Actor, at: datetime) -> bool:
    """Mark a queued message as sent, once, with the sha-256 of what left; return whether it was still queued."""
    queued = Message.objects.filter(uuid=message, state=MessageState.QUEUED)
    left = queued.update(
        state=MessageState.SENT,
        sent_at=at,
        file=file,
        digest=digest,
        failing_since=None,
        answer="",
        held_until=None,
    )
    return left == 1
