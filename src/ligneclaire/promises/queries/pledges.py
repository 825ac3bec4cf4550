"""What customers were promised."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from ligneclaire.promises.models import Promise
from ligneclaire.promises.rules import Matter, Pledge, PledgeState


def of(customers: Collection[str]) -> dict[str, tuple[Pledge, ...]]:
    """All promises made to each of these customers, oldest first."""
    found: dict[str, list[Pledge]] = defaultdict(list)
    rows = Promise.objects.filter(customer__in=customers).order_by("made_at", "due_on", "subject", "key", "id")
    for row in rows:
        found[row.customer].append(_pledge(row))
    return {customer: tuple(pledges) for customer, pledges in found.items()}


def _pledge(row: Promise) -> Pledge:
    return Pledge(
        subject=row.subject,
        key=row.key,
        matter=Matter(row.matter),
        value=row.value,
        due_on=row.due_on,
        made_by=row.made_by,
        made_at=row.made_at,
        state=PledgeState(row.state),
        closed_at=row.closed_at,
    )
