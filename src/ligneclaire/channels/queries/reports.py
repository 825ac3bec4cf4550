"""What mail servers reported of our messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ligneclaire.channels.models import DeliveryReport
from ligneclaire.channels.states import Fate


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCard:
    """A report: the e-mail that it is, the message it is about, and what it says."""

    mail: UUID
    message: UUID
    fate: Fate
    words: str
    received_at: datetime


def of_message(uuid: UUID) -> tuple[ReportCard, ...]:
    """The reports on a message, newest first."""
    rows = DeliveryReport.objects.select_related("mail").filter(message=uuid).order_by("-mail__received_at", "-id")
    return tuple(_card(row) for row in rows)


def _card(row: DeliveryReport) -> ReportCard:
    return ReportCard(
        mail=row.mail.uuid,
        message=row.message,
        fate=Fate(row.fate),
        words=row.words,
        received_at=row.mail.received_at,
    )
