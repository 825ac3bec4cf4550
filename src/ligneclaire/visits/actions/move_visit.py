"""Somebody comes at another time, which was held for it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.facts.record import record
from ligneclaire.kernel.actor import Actor, ActorKind
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.queries import operator
from ligneclaire.visits.actions.hold_slot import SlotGone
from ligneclaire.visits.facts import MOVED
from ligneclaire.visits.locked import locked
from ligneclaire.visits.models import Visit
from ligneclaire.visits.rules.times import may_still_move
from ligneclaire.visits.states import Gone, VisitState
from ligneclaire.visits.stating import about, record_of, told_time


class NotBooked(Refused):
    """Only a visit that is booked, and for which nobody is on the way, can be moved."""


class TooLateToMove(Refused):
    """It begins too soon for the customer to move it; somebody of the house still can."""


@transaction.atomic
def move_visit(*, reference: str, to: str, by: Actor, at: datetime) -> None:
    """Give a booked visit the time of a hold for the same need; its reference stays, and the customer is told."""
    visit = locked(reference)
    if visit.state != VisitState.BOOKED:
        raise NotBooked(reference=reference, state=visit.state)
    if by.kind is ActorKind.CUSTOMER and not may_still_move(visit.during.lower, at=at):
        raise TooLateToMove(reference=reference, starts=visit.during.lower)
    held = Visit.objects.select_for_update().filter(reference=to, need=visit.need, state=VisitState.HELD).first()
    if held is None or held.during.lower <= at:
        raise SlotGone(Gone.OVER, reference=to)
    held.delete()
    visit.technician, visit.during, visit.sequence = held.technician, held.during, visit.sequence + 1
    visit.changed_by, visit.changed_at = str(by), at
    visit.save()
    zone = operator.current().calendar.tz
    record(
        [about(visit.need, MOVED, record_of(visit, zone), at=at), told_time(visit, zone, at=at)],
        by=by,
        at=at,
    )
