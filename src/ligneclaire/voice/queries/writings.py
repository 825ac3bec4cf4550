"""What advisers are writing and have not sent."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from ligneclaire.people.models import Adviser
from ligneclaire.voice.models import Writing

LATELY = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class WritingCard:
    """A message as typed so far, by whom, since when."""

    uuid: UUID
    customer: str
    adviser: str
    adviser_name: str
    answers: UUID | None
    fields: Mapping[str, str]
    changed_at: datetime


def by_uuid(uuid: UUID) -> WritingCard | None:
    """One message that is being written."""
    row = _rows().filter(uuid=uuid).first()
    return _card(row) if row else None


def of_others(customers: Collection[str], answers: UUID | None, *, than: str, at: datetime) -> tuple[WritingCard, ...]:
    """Who else wrote to a person with these numbers in the last minutes, or answers the same entry; newest first."""
    lately = Q(customer__in=customers, changed_at__gt=at - LATELY)
    rows = _rows().filter(lately | Q(answers=answers) if answers else lately).exclude(adviser=than)
    return tuple(_card(row) for row in rows.order_by("-changed_at", "-id"))


def _rows() -> QuerySet[Writing]:
    names = Adviser.objects.filter(number=OuterRef("adviser")).values("name")
    return Writing.objects.annotate(adviser_name=Subquery(names))


def _card(row: Writing) -> WritingCard:
    return WritingCard(
        uuid=row.uuid,
        customer=row.customer,
        adviser=row.adviser,
        adviser_name=row.adviser_name,  # type: ignore[attr-defined]
        answers=row.answers,
        fields=row.fields,
        changed_at=row.changed_at,
    )
