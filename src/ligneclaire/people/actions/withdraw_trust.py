"""A customer withdraws themself what they allowed somebody."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.facts.news import announce
from ligneclaire.facts.record import hold
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.people.queries import authorised, numbers
from ligneclaire.people.states import CHOSEN


class NotChosenByThem(Refused):
    """A judge or an inheritance named this person: a document is needed to end it."""


@transaction.atomic
def withdraw_trust(*, person: UUID, by: Actor, at: datetime) -> bool:
    """End it at once and for good; return whether it still held. Raises `PersonUnknown` for somebody else's."""
    refuse_unless(by, may=Right.OWN_SPACE)
    authorised.by_uuid(person, customer=by.number)
    hold(numbers.of(by.number))
    row = authorised.locked(person)
    if row.kind not in CHOSEN:
        raise NotChosenByThem(person=person, kind=row.kind)
    if row.withdrawn_at:
        return False
    row.withdrawn_by, row.withdrawn_at = str(by), at
    row.save(update_fields=["withdrawn_by", "withdrawn_at"])
    announce([row.customer_id])
    return True
