"""Put a message that could not be delivered back into the queue, with an address as it is known now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F

from ligneclaire.channels.models import Message, TextPart
from ligneclaire.channels.states import MessageState
from ligneclaire.kernel.actor import Actor


def queue_again(*, message: UUID, destination: Sequence[str], by: Actor, at: datetime) -> bool:
    """Have an undeliverable message tried as if for the first time; return whether it waited for a person."""
    waiting = Message.objects.filter(uuid=message, state=MessageState.UNDELIVERABLE, ticked_off_at__isnull=True)
    queued = waiting.update(
        state=MessageState.QUEUED,
        destination=list(destination),
        tried=F("tried") + 1,
        failing_since=None,
        answer="",
    )
    if queued:
        TextPart.objects.filter(message=message).delete()  # all of it is handed over anew
    return queued == 1
