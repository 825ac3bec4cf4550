"""The parts of a text message are about to be handed over: mark them first."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ligneclaire.channels.models import TextPart
from ligneclaire.channels.states import PartState
from ligneclaire.kernel.actor import Actor


def offer_parts(*, message: UUID, parts: int, by: Actor, at: datetime) -> frozenset[int]:
    """Mark what is not accepted yet; return the places that somebody marked before and never said more about."""
    known = dict(TextPart.objects.filter(message=message).values_list("place", "state"))
    TextPart.objects.bulk_create(
        TextPart(message=message, place=place, state=PartState.OFFERED, at=at)
        for place in range(1, parts + 1)
        if place not in known
    )
    return frozenset(place for place, state in known.items() if state == PartState.OFFERED)
