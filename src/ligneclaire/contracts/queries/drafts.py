"""Forms that are being filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ligneclaire.contracts.models import Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftCard:
    """What was typed so far; `customer` was signed in then, "" for a guest."""

    content: Mapping[str, object]
    customer: str


def of(form: UUID) -> DraftCard | None:
    """What was typed into a form so far; None if nothing was sent yet, or too long ago."""
    row = Draft.objects.filter(form=form).first()
    return DraftCard(content=row.content, customer=row.customer) if row else None


def count_from(sender: str, *, since: datetime) -> int:
    """How many forms were begun or gone on with at one address after an instant."""
    return Draft.objects.filter(sender=sender, kept_at__gt=since).count()
