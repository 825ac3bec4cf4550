"""Somebody may no longer speak for a customer."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.facts.news import announce
from ligneclaire.kernel.actor import Actor
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.people.queries import authorised


@transaction.atomic
def withdraw_authorisation(*, person: UUID, by: Actor, at: datetime) -> bool:
    """End what somebody may, at once and for good; return whether they still might."""
    refuse_unless(by, may=Right.AUTHORISE)
    row = authorised.locked(person)
    if row.withdrawn_at:
        return False
    row.withdrawn_by, row.withdrawn_at = str(by), at
    row.save(update_fields=["withdrawn_by", "withdrawn_at"])
    announce([row.customer_id])
    return True
