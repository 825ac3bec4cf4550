"""What was promised in a message that never left was never promised."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ligneclaire.kernel.actor import Actor
from ligneclaire.promises.actions.give_promise import Given
from ligneclaire.promises.models import SpokenPromise


def forget_promise(*, made_in: UUID, by: Actor, at: datetime) -> Given | None:
    """Remove the promise that was made in a message, and return it; the caller holds the customer."""
    row = SpokenPromise.objects.filter(made_in=made_in).first()
    if row is None:
        return None
    row.delete()
    return Given(text=row.text, due_on=row.due_on, at_time=row.due_time)
