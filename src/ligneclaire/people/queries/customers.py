"""The people and organisations we serve."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet
from django.db.models.functions import Lower

from ligneclaire.people.models import ContactPoint, Customer
from ligneclaire.people.states import ContactKind


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerGlance:
    """A customer in a list; `number` is the survivor's."""

    number: str
    name: str
    territory: str
    adviser: str


def known(numbers: Collection[str]) -> frozenset[str]:
    """Those of these numbers that are customers."""
    return frozenset(Customer.objects.filter(number__in=numbers).values_list("number", flat=True))


def glances(numbers: Collection[str]) -> dict[str, CustomerGlance]:
    """Those who are meant by these numbers as lists show them, by the number that was asked for."""
    rows = Customer.objects.filter(number__in=numbers).select_related("survivor__adviser", "survivor__territory")
    return {row.number: _glance(row.survivor) for row in rows}


def writing_from(email: str) -> dict[str, str]:
    """All numbers of the persons one of whose e-mail addresses this is, however it is written: who is meant by each."""
    points = ContactPoint.objects.alias(any_case=Lower("value")).filter(kind=ContactKind.EMAIL, any_case=email.lower())
    return _meant(points)


def of_emails(emails: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Those who are meant by these e-mail addresses, by the address in small letters."""
    points = ContactPoint.objects.alias(any_case=Lower("value")).filter(kind=ContactKind.EMAIL)
    found: dict[str, dict[str, None]] = {}
    wanted = sorted({email.lower() for email in emails})
    rows = points.filter(any_case__in=wanted).order_by("id")
    for value, number in rows.values_list("value", "customer__survivor__number"):
        found.setdefault(value.lower(), {})[number] = None
    return {email: tuple(numbers) for email, numbers in found.items()}


def texting_from(number: str) -> dict[str, str]:
    """All numbers of the persons one of whose mobiles this is: who is meant by each."""
    return _meant(ContactPoint.objects.filter(kind=ContactKind.MOBILE, value=number))


def _meant(points: QuerySet[ContactPoint]) -> dict[str, str]:
    rows = Customer.objects.filter(survivor__number__in=points.values("customer__survivor__number"))
    return dict(rows.order_by("number").values_list("number", "survivor__number"))


def _glance(row: Customer) -> CustomerGlance:
    return CustomerGlance(number=row.number, name=row.name, territory=row.territory.name, adviser=row.adviser.name)
