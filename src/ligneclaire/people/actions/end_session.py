"""A customer signs out, or shuts out a browser that they no longer have."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.models import Session


class NoSession(Refused):
    """The customer has no open session of this name."""


def end_session(*, session: UUID, customer: str, by: Actor, at: datetime) -> None:
    """End one session of a customer: its next request is a stranger's."""
    if not Session.objects.filter(uuid=session, customer__survivor__number=customer, ended_at=None).update(ended_at=at):
        raise NoSession(session=session, customer=customer)
