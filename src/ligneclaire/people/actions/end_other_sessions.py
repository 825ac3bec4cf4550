"""A customer shuts out every browser but the one before them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ligneclaire.kernel.actor import Actor
from ligneclaire.people.models import Session


def end_other_sessions(*, session: UUID, customer: str, by: Actor, at: datetime) -> int:
    """End every session of a customer but one; return how many ended."""
    others = Session.objects.filter(customer__survivor__number=customer, ended_at=None).exclude(uuid=session)
    return others.update(ended_at=at)
