"""The operator whose system this is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import QuerySet
from django.db.models.functions import JSONObject

from ligneclaire.kernel.calendar import Calendar
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.models import Department, Operator
from ligneclaire.people.rules.plain import plain


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
    duty: str = ""  # the adviser who answers where another and their backup are both away

    @property
    def calendar(self) -> Calendar:
        """The days and hours of the operator's country."""
        return Calendar(country=self.country, zone=self.zone)

    @property
    def letterhead(self) -> tuple[str, ...]:
        """The name, then the lines of the address that do not say it again."""
        return (self.name, *(line for line in self.address if plain(line) != plain(self.name)))


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The operator, and what each of its departments calls itself, by code."""

    operator: OperatorCard
    departments: Mapping[str, str]


class NoOperator(Refused):
    """No operator is known yet: a world must be imported first."""


def current() -> OperatorCard:
    """The one operator of this system."""
    row = Operator.objects.first()
    if row is None:
        raise NoOperator
    return _card(row)


def house() -> House:
    """The one operator of this system, with its departments."""
    return house_and(HOUSE)[0]


def asking(**more: ArraySubquery) -> QuerySet[Operator]:
    """The query for the operator and its departments, with what somebody else wants to know, by name; built once."""
    departments = Department.objects.values(department=JSONObject(code="code", name="name"))
    return Operator.objects.annotate(departments=ArraySubquery(departments), **more).order_by("pk")


def house_and(asked: QuerySet[Operator]) -> tuple[House, Operator]:
    """The operator with its departments, and the row with what else was asked."""
    for row in asked[:1]:
        departments = {one["code"]: one["name"] for one in row.departments}  # type: ignore[attr-defined]
        return House(operator=_card(row), departments=departments), row
    raise NoOperator


def _card(row: Operator) -> OperatorCard:
    return OperatorCard(
        name=row.name,
        country=row.country,
        currency=row.currency,
        languages=tuple(row.languages),
        phone=row.phone,
        address=tuple(row.address),
        zone=row.zone,
        duty=row.duty_id or "",
    )


HOUSE = asking()
