"""A customer asks for everything that is held about them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.facts.record import hold
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.ref import uuid7
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people import copies
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.people.models import RecordCopy
from ligneclaire.people.queries import numbers, record_copies
from ligneclaire.people.queries.record_copies import CopyState


class CopyThere(Refused):
    """One is being prepared, or can be downloaded still: there is one at a time."""


@transaction.atomic
def ask_record_copy(*, wants_word: bool, by: Actor, at: datetime) -> UUID:
    """Have a copy prepared of what is held about who asks, under all their numbers; one that is over makes place."""
    refuse_unless(by, may=Right.OWN_SPACE)
    theirs = numbers.of(by.number)
    hold(theirs)
    last = record_copies.last(theirs)
    if last and last.state(theirs, at=at) is not CopyState.OVER:
        raise CopyThere(customer=by.number)
    over = RecordCopy.objects.filter(customer__number__in=theirs, dropped_at=None)
    copies.drop(over.values_list("uuid", flat=True))
    over.update(dropped_at=at)
    copy = uuid7(at)
    RecordCopy.objects.create(uuid=copy, customer_id=by.number, asked_at=at, wants_word=wants_word)
    return copy
