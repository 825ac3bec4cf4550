"""Throw away what somebody was writing."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ligneclaire.kernel.actor import Actor
from ligneclaire.voice.models import Writing


def drop_writing(*, message: UUID, by: Actor, at: datetime) -> bool:
    """Forget the writer's own words; return whether there were any."""
    return Writing.objects.filter(uuid=message, adviser=by.number).delete()[0] > 0
