"""Somebody asked the customer: this is their e-mail address."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.facts.news import announce
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.models import ContactPoint
from ligneclaire.people.states import ContactKind


class NoEmail(Refused):
    """The customer has no e-mail address."""


@transaction.atomic
def confirm_email(*, customer: str, email: str, by: Actor, at: datetime) -> None:
    """Write down the e-mail address as the customer says it is, the same or another one, and end every doubt."""
    point = ContactPoint.objects.filter(customer__number=customer, kind=ContactKind.EMAIL)
    stamp = {"changed_by": str(by), "changed_at": at}
    if not point.update(value=email, verified=True, doubted_at=None, **stamp):
        raise NoEmail(customer=customer)
    announce([customer])
