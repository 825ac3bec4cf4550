"""A message is with its customer, as a network says."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ligneclaire.channels.models import Message
from ligneclaire.channels.states import MessageState
from ligneclaire.kernel.actor import Actor


def mark_delivered(*, message: UUID, by: Actor, at: datetime) -> bool:
    """Say when a message that was sent arrived, once."""
    sent = Message.objects.filter(uuid=message, state=MessageState.SENT, delivered_at__isnull=True)
    return sent.update(delivered_at=at) == 1
