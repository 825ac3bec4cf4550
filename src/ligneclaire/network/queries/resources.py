"""A resource, who has it, and who had it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from ligneclaire.network.models import Assignment, Resource
from ligneclaire.network.states import Condition, ResourceKind, Use


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Who has or had a resource; `until` is missing while it goes on."""

    resource: str
    kind: ResourceKind
    use: Use
    line: str
    customer: str
    contract: str
    since: datetime
    until: datetime | None
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceCard:
    """A resource and who has it until further notice, or for a quarantine; nobody where it is free."""

    code: str
    kind: ResourceKind
    site: str
    condition: Condition
    wear: int
    holding: Holding | None

    @property
    def line(self) -> str:
        """The line that has it, if one has."""
        return self.holding.line if self.holding else ""


def card(code: str) -> ResourceCard | None:
    """A resource by its code, with its last holder if that goes on."""
    row = Resource.objects.filter(code=code).first()
    if row is None:
        return None
    held = _holdings(Assignment.objects.filter(resource_id=code).order_by("-during")[:1])
    last = held[0] if held and (held[0].until is None or held[0].use is Use.QUARANTINE) else None
    return ResourceCard(
        code=row.code,
        kind=ResourceKind(row.kind),
        site=row.site_id or "",
        condition=Condition(row.condition),
        wear=row.wear,
        holding=last,
    )


def history(code: str) -> tuple[Holding, ...]:
    """All who had a resource, the first first."""
    return _holdings(Assignment.objects.filter(resource_id=code).order_by("during"))


def of_line(line: str) -> tuple[Holding, ...]:
    """All that a line has or had, by kind, the first first."""
    return _holdings(Assignment.objects.filter(line_id=line).order_by("kind", "during"))


def histories(codes: Collection[str]) -> dict[str, tuple[Holding, ...]]:
    """All who had each of these, the newest first."""
    found: dict[str, list[Holding]] = {}
    for one in _holdings(Assignment.objects.filter(resource_id__in=codes).order_by("resource_id", "-during")):
        found.setdefault(one.resource, []).append(one)
    return {code: tuple(held) for code, held in found.items()}


def had_by(line: str, *, at: datetime) -> tuple[str, ...]:
    """What a line has at an instant and until further notice."""
    rows = Assignment.objects.filter(line_id=line, during__contains=at, during__upper_inf=True)
    return tuple(row.resource_id for row in rows.order_by("resource_id"))


def _holdings(rows: QuerySet[Assignment]) -> tuple[Holding, ...]:
    return tuple(
        Holding(
            resource=row.resource_id,
            kind=ResourceKind(row.kind),
            use=Use(row.use),
            line=row.line.code if row.line else "",
            customer=row.line.customer_id if row.line else "",
            contract=row.line.contract if row.line else "",
            since=row.during.lower,
            until=row.during.upper,
            because=row.because,
        )
        for row in rows.select_related("line")
    )
