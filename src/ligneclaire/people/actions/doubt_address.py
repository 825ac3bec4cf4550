"""A letter came back: the customer may not live there any more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ligneclaire.kernel.actor import Actor
from ligneclaire.people.models import ContactPoint
from ligneclaire.people.states import ContactKind


def doubt_address(*, customer: str, lines: Sequence[str], by: Actor, at: datetime) -> bool:
    """Put the address of a customer in doubt if it is still this one, until somebody confirms it."""
    point = ContactPoint.objects.filter(customer__number=customer, kind=ContactKind.ADDRESS, lines=list(lines))
    return point.update(verified=False, doubted_at=at, changed_by=str(by), changed_at=at) == 1
