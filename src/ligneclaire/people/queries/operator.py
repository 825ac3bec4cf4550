"""The operator whose system this is."""

from __future__ import annotations

from dataclasses import dataclass

from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.models import Operator


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorCard:
    """The operator, as letters, calendars and screens need it."""

    name: str
    country: str
    currency: str
    languages: tuple[str, ...]
    phone: str
    address: tuple[str, ...]
    zone: str


class NoOperator(Refused):
    """No operator is known yet: a world must be imported first."""


def current() -> OperatorCard:
    """The one operator of this system."""
    row = Operator.objects.first()
    if row is None:
        raise NoOperator
    return OperatorCard(
        name=row.name,
        country=row.country,
        currency=row.currency,
        languages=tuple(row.languages),
        phone=row.phone,
        address=tuple(row.address),
        zone=row.zone,
    )
