"""The people and organisations we serve."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ligneclaire.people.models import Customer


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


def _glance(row: Customer) -> CustomerGlance:
    return CustomerGlance(number=row.number, name=row.name, territory=row.territory.name, adviser=row.adviser.name)
