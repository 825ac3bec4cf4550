"""Whom somebody means who wants to sign in, and where a code for them goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.db.models.functions import Lower

from ligneclaire.kernel.actor import ActorKind
from ligneclaire.people.models import ContactPoint, Customer
from ligneclaire.people.rules.code import UNCHANGED
from ligneclaire.people.rules.phone import e164
from ligneclaire.people.states import ContactKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """The customers whom a text means, and the e-mail address or mobile on which they read a code."""

    persons: tuple[str, ...]
    kind: ContactKind
    destination: str


def by(text: str, *, region: str, at: datetime) -> Recognised | None:
    """Whom an e-mail address, a mobile or a customer's number means; several customers may share the first two.

    Who types a merged number is written to as the survivor. Where something came back, or an adviser typed another
    address a short while ago, no code goes: it would prove nothing of whoever reads it.
    """
    points = ContactPoint.objects.alias(any_case=Lower("value")).filter(
        _meant(same_text(text, region=region)), kind__in=[ContactKind.EMAIL, ContactKind.MOBILE], doubted_at=None
    )
    typed_lately = Q(changed_by__startswith=f"{ActorKind.ADVISER}:", changed_at__gt=at - UNCHANGED)
    rows = list(
        points.exclude(typed_lately)
        .order_by("kind", "customer__number")
        .values_list("customer__number", "kind", "value")
    )
    if not rows:
        return None
    _, kind, destination = rows[0]
    persons = dict.fromkeys(number for number, its_kind, _ in rows if its_kind == kind)
    return Recognised(persons=tuple(persons), kind=ContactKind(kind), destination=destination)


def same_text(text: str, *, region: str) -> str:
    """What somebody typed, written the same way however they write it."""
    text = " ".join(text.split())
    if "@" in text:
        return text.lower()
    return e164(text, region=region) or text.upper()


def _meant(text: str) -> Q:
    if "@" in text:
        return Q(kind=ContactKind.EMAIL, any_case=text)
    if text.startswith("+"):
        return Q(kind=ContactKind.MOBILE, value=text)
    meant = Customer.objects.filter(number=text)
    return Q(customer__number__in=meant.values("survivor__number"))
