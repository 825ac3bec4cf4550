"""What is being built for lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ligneclaire.network.models import BuildOrder
from ligneclaire.network.states import OrderState, ResourceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCard:
    """What is built where for a line, and by which day."""

    reference: str
    site: str
    kind: ResourceKind
    ordered_at: datetime
    due_on: date


def open_of(line: str) -> tuple[OrderCard, ...]:
    """What a line waits for, by its day."""
    rows = BuildOrder.objects.filter(line_id=line, state=OrderState.OPEN).order_by("due_on", "reference")
    return tuple(
        OrderCard(
            reference=row.reference,
            site=row.site_id,
            kind=ResourceKind(row.kind),
            ordered_at=row.ordered_at,
            due_on=row.due_on,
        )
        for row in rows
    )
