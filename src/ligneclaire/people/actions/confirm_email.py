"""Somebody asked the customer: this is their e-mail address."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.facts.news import announce
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.people.models import ContactPoint
from ligneclaire.people.states import ContactKind


class NoEmail(Refused):
    """The customer has no e-mail address."""


class EmailNotInDoubt(Refused):
    """Nothing came back from the e-mail address: there is nothing to confirm, and nobody changes it in passing."""


@transaction.atomic
def confirm_email(*, customer: str, email: str, by: Actor, at: datetime) -> None:
    """Write down the e-mail address as the customer says it is, the same or another one, and end the doubt."""
    refuse_unless(by, may=Right.MEND)
    points = ContactPoint.objects.filter(customer__number=customer, kind=ContactKind.EMAIL)
    point = points.select_for_update().first()
    if point is None:
        raise NoEmail(customer=customer)
    if point.doubted_at is None:
        raise EmailNotInDoubt(customer=customer)
    points.update(value=email, verified=True, doubted_at=None, changed_by=str(by), changed_at=at)
    announce([customer])
