"""Scans of letters: those that wait to be filed, and one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from ligneclaire.channels.models import Scan

WAITS = Q(entry__isnull=True, set_aside_at__isnull=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanCard:
    """A scan as screens show it; `customer` is known once it stands in a thread."""

    uuid: UUID
    name: str
    kind: str
    size: int
    pages: int
    place: str
    is_checked: bool
    reference: str
    uploaded_at: datetime
    customer: str
    set_aside_at: datetime | None
    reason: str

    @property
    def is_waiting(self) -> bool:
        """Whether somebody still has to file it."""
        return not self.customer and self.set_aside_at is None


def waiting(*, limit: int, skip: int = 0) -> tuple[ScanCard, ...]:
    """The scans that nobody has filed, oldest first."""
    rows = Scan.objects.filter(WAITS).order_by("uploaded_at", "id")
    return tuple(_card(row) for row in rows[skip : skip + limit])


def count_waiting() -> int:
    """How many nobody has filed."""
    return Scan.objects.filter(WAITS).count()


def by_uuid(uuid: UUID) -> ScanCard | None:
    """One scan."""
    row = Scan.objects.select_related("entry").filter(uuid=uuid).first()
    return _card(row) if row else None


def _card(row: Scan) -> ScanCard:
    return ScanCard(
        uuid=row.uuid,
        name=row.name,
        kind=row.kind,
        size=row.size,
        pages=row.pages,
        place=row.place,
        is_checked=row.is_checked,
        reference=row.reference,
        uploaded_at=row.uploaded_at,
        customer=row.entry.customer if row.entry else "",
        set_aside_at=row.set_aside_at,
        reason=row.reason,
    )
