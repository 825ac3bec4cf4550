"""The named people who answer for us."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Concat

from ligneclaire.kernel.actor import ActorKind
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.models import Adviser, Login
from ligneclaire.people.queries import absences
from ligneclaire.people.rules.stand_in import stand_in


class AdviserUnknown(Refused):
    """There is no adviser with this number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviserCard:
    """An adviser and how to reach them."""

    number: str
    name: str
    phone: str
    email: str
    languages: tuple[str, ...]


def listed() -> tuple[AdviserCard, ...]:
    """All advisers, by name."""
    return tuple(card(row) for row in Adviser.objects.order_by("name", "number"))


def cards(numbers: Collection[str]) -> dict[str, AdviserCard]:
    """These advisers, by number."""
    return {row.number: card(row) for row in Adviser.objects.filter(number__in=numbers)}


def present(number: str, *, on: date) -> AdviserCard:
    """Who answers for an adviser on that day."""
    return cards([there := stand_in(number, absences.away(on=on))])[there]


def has_login(number: str) -> bool:
    """Whether this adviser can open the desk."""
    return Login.objects.filter(adviser__number=number).exists()


def name_of(column: str) -> Subquery:
    """The name of the adviser who stands as actor in a column of another query; null for other actors."""
    advisers = Adviser.objects.annotate(actor=Concat(Value(f"{ActorKind.ADVISER}:"), F("number")))
    return Subquery(advisers.filter(actor=OuterRef(column)).values("name")[:1])


def locked(number: str) -> Adviser:
    """One adviser, whom nobody else changes until the transaction ends."""
    adviser = Adviser.objects.select_for_update().filter(number=number).first()
    if adviser is None:
        raise AdviserUnknown(adviser=number)
    return adviser


def card(row: Adviser) -> AdviserCard:
    """An adviser's row as others need it."""
    return AdviserCard(
        number=row.number,
        name=row.name,
        phone=row.phone,
        email=row.email,
        languages=tuple(row.languages),
    )
