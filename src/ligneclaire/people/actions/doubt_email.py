"""An e-mail came back: there may be no such address any more."""

from __future__ import annotations

from datetime import datetime

from ligneclaire.kernel.actor import Actor
from ligneclaire.people.models import ContactPoint
from ligneclaire.people.states import ContactKind


def doubt_email(*, customer: str, email: str, by: Actor, at: datetime) -> bool:
    """Put the e-mail address of a customer in doubt if it is still this one, until somebody confirms it."""
    point = ContactPoint.objects.filter(customer__number=customer, kind=ContactKind.EMAIL, value__iexact=email)
    fresh = point.filter(doubted_at__isnull=True)
    return fresh.update(verified=False, doubted_at=at, changed_by=str(by), changed_at=at) == 1
