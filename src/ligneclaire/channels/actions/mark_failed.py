"""A message left and never arrived: from now on a person looks."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ligneclaire.channels.models import Message
from ligneclaire.channels.states import MessageState
from ligneclaire.kernel.actor import Actor


def mark_failed(*, message: UUID, answer: str, by: Actor, at: datetime) -> bool:
    """Take back that a message was sent, with the network's words; return whether it stood as sent."""
    sent = Message.objects.filter(uuid=message, state=MessageState.SENT)
    failed = sent.update(
        state=MessageState.UNDELIVERABLE,
        sent_at=None,
        delivered_at=None,
        file="",
        digest="",
        failing_since=at,
        answer=answer[:500],
    )
    return failed == 1
