"""What customers agreed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ligneclaire.people.models import Consent
from ligneclaire.people.states import Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentCard:
    """The last answer of a customer about one purpose."""

    purpose: Purpose
    is_given: bool
    answered_at: datetime


def answer_of(customer: str, purpose: Purpose) -> ConsentCard | None:
    """What a customer answered last; None when nobody has asked them, and then nothing is agreed."""
    rows = Consent.objects.filter(customer__number=customer, purpose=purpose).order_by("-answered_at", "-id")
    row = rows.first()
    return ConsentCard(purpose=purpose, is_given=row.is_given, answered_at=row.answered_at) if row else None
