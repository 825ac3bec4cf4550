"""Somebody looked: how a difference between network and records came about, and what was done."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.network.models import Difference
from ligneclaire.network.states import DifferenceState


class NotOpen(Refused):
    """There is no open difference of this name."""


class NoteMissing(Refused):
    """What was found and done must be said."""


@transaction.atomic
def settle_difference(*, difference: UUID, note: str, by: Actor, at: datetime) -> None:
    """Close a difference, once."""
    if not note.strip():
        raise NoteMissing(difference=difference)
    rows = Difference.objects.filter(uuid=difference, state=DifferenceState.OPEN)
    if not rows.update(state=DifferenceState.SETTLED, note=note.strip(), closed_at=at, closed_by=str(by)):
        raise NotOpen(difference=difference)
