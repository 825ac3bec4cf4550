"""What was held is booked."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.facts.record import record
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.queries import operator
from ligneclaire.visits.actions.hold_slot import SlotGone
from ligneclaire.visits.facts import BOOKED
from ligneclaire.visits.locked import NoSuchVisit, locked
from ligneclaire.visits.models import Visit
from ligneclaire.visits.states import TO_COME, Gone, VisitState
from ligneclaire.visits.stating import about, record_of, told_time


class NotHeld(Refused):
    """The visit is not held: it is over, missed or cancelled."""


class HasOne(Refused):
    """Somebody comes already for this need: that visit is moved, not booked again."""


@transaction.atomic
def book_visit(*, reference: str, by: Actor, at: datetime) -> None:
    """Turn a hold into a visit to come, which the customer is told; again changes nothing.

    A hold that is over is still booked while nobody else took the time. Raises `SlotGone`, `NotHeld`, `HasOne`.
    """
    try:
        visit = locked(reference)
    except NoSuchVisit:
        raise SlotGone(Gone.OVER, reference=reference) from None
    if visit.state in TO_COME:
        return
    if visit.state != VisitState.HELD:
        raise NotHeld(reference=reference, state=visit.state)
    if visit.during.lower <= at:
        raise SlotGone(Gone.OVER, reference=reference)
    other = Visit.objects.filter(need=visit.need, state__in=TO_COME).first()
    if other:
        raise HasOne(reference=other.reference)
    visit.state, visit.held_until = VisitState.BOOKED, None
    visit.changed_by, visit.changed_at = str(by), at
    visit.save()
    zone = operator.current().calendar.tz
    record(
        [about(visit.need, BOOKED, record_of(visit, zone), at=at), told_time(visit, zone, at=at)],
        by=by,
        at=at,
    )
