"""Who can come."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from ligneclaire.visits.models import Area, Technician


@dataclass(frozen=True, slots=True, kw_only=True)
class TechnicianCard:
    """A technician: what they can do and where; `adviser` is their number at the desk, if they have an account."""

    number: str
    name: str
    mobile: str
    skills: tuple[str, ...]
    territories: tuple[str, ...]
    adviser: str
    works: bool


def card(number: str) -> TechnicianCard | None:
    """A technician by their number."""
    return next(iter(_cards(Technician.objects.filter(number=number))), None)


def of_adviser(adviser: str) -> TechnicianCard | None:
    """The technician who has this account at the desk."""
    return next(iter(_cards(Technician.objects.filter(adviser__number=adviser))), None)


def listed() -> tuple[TechnicianCard, ...]:
    """All of them, by number."""
    return _cards(Technician.objects.all())


def _cards(rows: QuerySet[Technician]) -> tuple[TechnicianCard, ...]:
    areas = Area.objects.filter(technician=OuterRef("number")).order_by("territory").values("territory")
    return tuple(
        TechnicianCard(
            number=row.number,
            name=row.name,
            mobile=row.mobile,
            skills=tuple(row.skills),
            territories=tuple(row.places),
            adviser=row.adviser_id or "",
            works=row.works,
        )
        for row in rows.annotate(places=ArraySubquery(areas)).order_by("number")
    )
