"""A short-message centre took a part of a text message."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ligneclaire.channels.models import TextPart
from ligneclaire.channels.states import PartState
from ligneclaire.kernel.actor import Actor


def accept_part(*, message: UUID, place: int, centre_id: str, by: Actor, at: datetime) -> None:
    """Keep the centre's name for it, by which its receipt will come."""
    values = {"state": PartState.ACCEPTED, "centre_id": centre_id, "at": at}
    TextPart.objects.update_or_create(message=message, place=place, defaults=values)
