"""Tick off a message that could not be delivered: somebody reached the customer otherwise, or need not."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.channels.models import Message
from ligneclaire.channels.states import NOT_DELIVERED
from ligneclaire.facts.news import announce
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless


class NothingUndelivered(Refused):
    """The message does not wait for a person, or does not any more."""


class WhatCameOfItMissing(Refused):
    """Whoever ticks a message off says what they did about it."""


@transaction.atomic
def tick_off_message(*, message: UUID, note: str, by: Actor, at: datetime) -> None:
    """Take a message that was not delivered from the list of those that wait for a person; it stays as it is."""
    refuse_unless(by, may=Right.MEND)
    if not note.strip():
        raise WhatCameOfItMissing(message=message)
    waiting = Message.objects.filter(uuid=message, state__in=NOT_DELIVERED, ticked_off_at__isnull=True)
    if not waiting.update(ticked_off_at=at, ticked_off_by=str(by), note=note.strip()[:500]):
        raise NothingUndelivered(message=message)
    announce(Message.objects.filter(uuid=message).values_list("customer", flat=True))
