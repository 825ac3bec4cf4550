"""A file does not go with what an adviser is writing, after all."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.channels.models import Enclosure
from ligneclaire.kernel.actor import Actor
from ligneclaire.voice.actions.keep_writing import NotYours
from ligneclaire.voice.models import Writing


@transaction.atomic
def detach_file(*, message: UUID, position: int, by: Actor, at: datetime) -> bool:
    """Let go of a file of the writer's own words; return whether it was there."""
    if not Writing.objects.select_for_update().filter(uuid=message, adviser=by.number).exists():
        raise NotYours(message=message)
    return Enclosure.objects.filter(message=message, position=position).delete()[0] > 0
