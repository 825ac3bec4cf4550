"""Cases that departments' systems brought, each for the eyes of that department."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from ligneclaire.cases.models import Brought
from ligneclaire.cases.queries.cards import CaseUnknown
from ligneclaire.channels.models import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtCard:
    """A case as its department brought it, where it stands now, and who answers for it."""

    reference: str
    customer: str
    department: str
    name: str
    kind: str
    severity: str
    title: str
    text: str  # without the title
    medium: str
    entry: UUID
    opened_at: datetime
    state: str
    snoozed_until: date | None
    survivor: str
    owner: str
    owner_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WordCard:
    """What the department added later."""

    uuid: UUID
    text: str
    at: datetime


def one(reference: str, *, department: str) -> BroughtCard:
    """One of them, if this department brought it."""
    row = _rows(department).filter(case__reference=reference).first()
    if row is None:
        raise CaseUnknown(case=reference)
    return _card(row)


def listed(
    *, department: str, limit: int, after: str = "", name: str = "", customer: str = "", state: str = ""
) -> tuple[BroughtCard, ...]:
    """Those that this department brought, newest first, from the one after another on."""
    rows = _rows(department)
    if after:
        rows = rows.filter(
            id__lt=Brought.objects.filter(department__code=department, case__reference=after).values("id")
        )
    given = {"name": name, "case__customer__number": customer, "case__survivor__state": state}
    rows = rows.filter(**{field: value for field, value in given.items() if value})
    return tuple(_card(row) for row in rows.order_by("-id")[:limit])


def words_of(card: BroughtCard) -> tuple[WordCard, ...]:
    """What the department added to one of them, oldest first."""
    rows = Entry.objects.filter(
        customer=card.customer, case=card.reference, recorded_by=f"department:{card.department}"
    ).exclude(uuid=card.entry)
    return tuple(WordCard(uuid=row.uuid, text=row.text, at=row.recorded_at) for row in rows.order_by("id"))


def _rows(department: str) -> QuerySet[Brought]:
    return Brought.objects.filter(department__code=department).select_related("case__survivor__owner", "entry")


def _card(row: Brought) -> BroughtCard:
    survivor = row.case.survivor
    return BroughtCard(
        reference=row.case_id,
        customer=row.case.customer_id,
        department=row.department_id,
        name=row.name,
        kind=row.kind,
        severity=row.severity,
        title=row.title,
        text=row.entry.text.removeprefix(f"{row.title}\n\n") if row.title else row.entry.text,
        medium=row.entry.medium,
        entry=row.entry_id,
        opened_at=row.case.opened_at,
        state=survivor.state,
        snoozed_until=survivor.snoozed_until,
        survivor=survivor.reference,
        owner=survivor.owner_id,
        owner_name=survivor.owner.name,
    )
