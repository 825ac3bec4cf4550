"""The post brought a letter back: from now on a person looks."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ligneclaire.channels.models import Message
from ligneclaire.channels.states import Channel, MessageState, ReturnReason
from ligneclaire.kernel.actor import Actor


def mark_returned(*, message: UUID, reason: ReturnReason, by: Actor, at: datetime) -> bool:
    """Mark a letter that has left as returned, once; return whether it had left and was not returned before."""
    letter = Message.objects.filter(uuid=message, channel=Channel.LETTER, state=MessageState.SENT)
    return letter.update(state=MessageState.RETURNED, failing_since=at, answer=reason) == 1
