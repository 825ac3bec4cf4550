"""Parts that were marked were not handed over after all, and everybody knows it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from ligneclaire.channels.models import TextPart
from ligneclaire.channels.states import PartState
from ligneclaire.kernel.actor import Actor


def withdraw_offers(*, message: UUID, but: Collection[int], by: Actor, at: datetime) -> None:
    """Forget the marks, but of those places of which nobody knows."""
    TextPart.objects.filter(message=message, state=PartState.OFFERED).exclude(place__in=but).delete()
