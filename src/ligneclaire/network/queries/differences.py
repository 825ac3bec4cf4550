"""Where the network and the records disagree."""

from __future__ import annotations

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


def without_case(*, limit: int) -> tuple[DifferenceCard, ...]:
    """Open ones of customers that no case sees to yet."""
    rows = Difference.objects.filter(state=DifferenceState.OPEN, case="").exclude(customer="")
    return _cards(rows.order_by("customer", "id")[:limit])


def open_of(owner: str | None = None, *, limit: int) -> tuple[DifferenceCard, ...]:
    """The open ones of an adviser, or of all, by the day on which they are due."""
    rows = Difference.objects.filter(state=DifferenceState.OPEN)
    rows = rows if owner is None else rows.filter(owner__number=owner)
    return _cards(rows.order_by("due_on", "resource", "kind", "number")[:limit])


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
        )
        for row in rows
    )
