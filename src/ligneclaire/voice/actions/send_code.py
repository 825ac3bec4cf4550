"""A one-time code that was asked for is to leave."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ligneclaire.kernel.actor import Actor
from ligneclaire.voice.tasks import send_code_later


def send_code(*, code: UUID, by: Actor, at: datetime) -> None:
    """Give a code its job, in the transaction that asks for it; whether it goes to anybody, only the job looks."""
    send_code_later(code)
