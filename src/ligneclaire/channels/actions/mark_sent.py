"""A message has left: say when, and where its file is."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ligneclaire.channels.models import Message
from ligneclaire.channels.states import MessageState
from ligneclaire.kernel.actor import Actor


def mark_sent(*, message: UUID, file: str, by: Actor, at: datetime) -> bool:
    """Mark a queued message as sent, once; return whether it was still queued."""
    queued = Message.objects.filter(uuid=message, state=MessageState.QUEUED)
    return queued.update(state=MessageState.SENT, sent_at=at, file=file) == 1
