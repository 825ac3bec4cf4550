"""A letter has left the house's hands and waits for the print house."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ligneclaire.channels.models import Printing
from ligneclaire.kernel.actor import Actor


def queue_printing(*, message: UUID, pages: int, by: Actor, at: datetime) -> None:
    """Have a letter that was just marked as sent printed with the next batch."""
    Printing.objects.create(message_id=message, turn=0, pages=pages, asked_at=at, asked_by=str(by))
