"""Somebody asked the customer: this is where they live."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from ligneclaire.facts.news import announce
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.people.models import ContactPoint
from ligneclaire.people.states import ContactKind


class NoAddress(Refused):
    """The customer has no postal address."""


@transaction.atomic
def confirm_address(*, customer: str, lines: Sequence[str], by: Actor, at: datetime) -> None:
    """Write down the address as the customer says it is, the same or another one, and end every doubt."""
    refuse_unless(by, may=Right.HANDLE_PAPER)
    point = ContactPoint.objects.filter(customer__number=customer, kind=ContactKind.ADDRESS)
    stamp = {"changed_by": str(by), "changed_at": at}
    if not point.update(lines=list(lines), verified=True, doubted_at=None, **stamp):
        raise NoAddress(customer=customer)
    announce([customer])
