"""Throw away what somebody was writing."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.channels.models import Enclosure
from ligneclaire.kernel.actor import Actor
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.voice.models import Writing


@transaction.atomic
def drop_writing(*, message: UUID, by: Actor, at: datetime) -> bool:
    """Forget the writer's own words with their files; return whether there were any."""
    refuse_unless(by, may=Right.WRITE)
    is_gone = Writing.objects.filter(uuid=message, adviser=by.number).delete()[0] > 0
    if is_gone:
        Enclosure.objects.filter(message=message).delete()
    return is_gone
