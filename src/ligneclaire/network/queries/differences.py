"""Where the network and the records disagree."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from ligneclaire.network.models import Difference
from ligneclaire.network.states import DifferenceKind, DifferenceState


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceCard:
    """A disagreement that somebody has to look at by a day."""

    uuid: UUID
    kind: DifferenceKind
    resource: str
    number: str
    line: str
    customer: str
    case: str
    owner: str
    due_on: date
    found_at: datetime
    note: str
    state: DifferenceState
    closed_at: datetime | None
    closed_by: str


def card(uuid: UUID) -> DifferenceCard | None:
    """One of them, closed ones too."""
    return next(iter(_cards(Difference.objects.filter(uuid=uuid))), None)


def of_line(line: str) -> tuple[DifferenceCard, ...]:
    """The open ones by which a line may lose something, by their day."""
    rows = Difference.objects.filter(line_id=line, state=DifferenceState.OPEN)
    return _cards(rows.order_by("due_on", "resource", "kind", "number"))


def of_resource(resource: str) -> tuple[DifferenceCard, ...]:
    """The open ones about a resource, by their day."""
    rows = Difference.objects.filter(resource=resource, state=DifferenceState.OPEN)
    return _cards(rows.order_by("due_on", "kind", "number"))


def without_case(*, limit: int) -> tuple[DifferenceCard, ...]:
    """Open ones of customers that no case sees to yet."""
    rows = Difference.objects.filter(state=DifferenceState.OPEN, case="").exclude(customer="")
    return _cards(rows.order_by("customer", "id")[:limit])


def open_of(owners: Collection[str] | None = None, *, limit: int, skip: int = 0) -> tuple[DifferenceCard, ...]:
    """The open ones of these advisers, or of all, by the day on which they are due."""
    rows = Difference.objects.filter(state=DifferenceState.OPEN)
    rows = rows if owners is None else rows.filter(owner__number__in=owners)
    return _cards(rows.order_by("due_on", "resource", "kind", "number")[skip : skip + limit])


def _cards(rows: QuerySet[Difference]) -> tuple[DifferenceCard, ...]:
    return tuple(
        DifferenceCard(
            uuid=row.uuid,
            kind=DifferenceKind(row.kind),
            resource=row.resource,
            number=row.number,
            line=row.line_id or "",
            customer=row.customer,
            case=row.case,
            owner=row.owner_id,
            due_on=row.due_on,
            found_at=row.found_at,
            note=row.note,
            state=DifferenceState(row.state),
            closed_at=row.closed_at,
            closed_by=row.closed_by,
        )
        for row in rows
    )
