"""Somebody looked: how a difference between network and records came about, and what was done."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.network.actions.end_assignment import end_assignment
from ligneclaire.network.models import Difference
from ligneclaire.network.states import DifferenceState, Use
from ligneclaire.people.access.roles import Right, refuse_unless


class NotOpen(Refused):
    """There is no open difference of this name."""


class NoteMissing(Refused):
    """What was found and done must be said."""


@transaction.atomic
def settle_difference(*, difference: UUID, note: str, is_free: bool = False, by: Actor, at: datetime) -> None:
    """Close a difference, once; where nobody uses the resource after all, it can be given again."""
    refuse_unless(by, may=Right.SETTLE)
    if not note.strip():
        raise NoteMissing(difference=difference)
    row = Difference.objects.select_for_update().filter(uuid=difference, state=DifferenceState.OPEN).first()
    if row is None:
        raise NotOpen(difference=difference)
    row.state, row.note, row.closed_at, row.closed_by = DifferenceState.SETTLED, note.strip(), at, str(by)
    row.save()
    if is_free:
        end_assignment(resource=row.resource, use=Use.TAKEN, by=by, at=at)
