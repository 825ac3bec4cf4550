"""The people and organisations we serve."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models.functions import Lower

from ligneclaire.people.models import ContactPoint, Customer
from ligneclaire.people.states import ContactKind


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerGlance:
    """A customer in a list."""

    number: str
    name: str
    territory: str
    adviser: str


def known(numbers: Collection[str]) -> frozenset[str]:
    """Those of these numbers that are customers."""
    return frozenset(Customer.objects.filter(number__in=numbers).values_list("number", flat=True))


def glances(numbers: Collection[str]) -> dict[str, CustomerGlance]:
    """These customers as lists show them, by number."""
    rows = Customer.objects.filter(number__in=numbers).select_related("adviser", "territory")
    return {row.number: _glance(row) for row in rows}


def writing_from(email: str) -> tuple[str, ...]:
    """The customers whose e-mail address this is, by number, however it is written."""
    points = ContactPoint.objects.alias(any_case=Lower("value")).filter(kind=ContactKind.EMAIL, any_case=email.lower())
    return tuple(points.order_by("customer__number").values_list("customer__number", flat=True))


def of_emails(emails: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The customers whose e-mail addresses these are, by the address in small letters."""
    points = ContactPoint.objects.alias(any_case=Lower("value")).filter(kind=ContactKind.EMAIL)
    found: dict[str, list[str]] = {}
    wanted = sorted({email.lower() for email in emails})
    for value, number in points.filter(any_case__in=wanted).values_list("value", "customer__number").order_by("id"):
        found.setdefault(value.lower(), []).append(number)
    return {email: tuple(numbers) for email, numbers in found.items()}


def texting_from(number: str) -> tuple[str, ...]:
    """The customers whose mobile this is, by number."""
    points = ContactPoint.objects.filter(kind=ContactKind.MOBILE, value=number).order_by("customer__number")
    return tuple(points.values_list("customer__number", flat=True))


def _glance(row: Customer) -> CustomerGlance:
    return CustomerGlance(number=row.number, name=row.name, territory=row.territory.name, adviser=row.adviser.name)
