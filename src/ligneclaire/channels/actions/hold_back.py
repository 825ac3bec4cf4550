"""A message waits for the morning."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ligneclaire.channels.models import Message
from ligneclaire.channels.states import MessageState
from ligneclaire.kernel.actor import Actor


def hold_back(*, message: UUID, until: datetime, by: Actor, at: datetime) -> bool:
    """Say until when a queued message waits; it was not tried."""
    return Message.objects.filter(uuid=message, state=MessageState.QUEUED).update(held_until=until) == 1
