"""The technician is on the way."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.facts.record import record
from ligneclaire.kernel.actor import Actor
from ligneclaire.people.queries import operator
from ligneclaire.visits.actions.move_visit import NotBooked
from ligneclaire.visits.facts import SET_OUT
from ligneclaire.visits.locked import locked
from ligneclaire.visits.states import VisitState
from ligneclaire.visits.stating import about, record_of


@transaction.atomic
def set_out(*, reference: str, by: Actor, at: datetime) -> None:
    """Note that a technician left for a visit; again changes nothing. Raises `NoSuchVisit`, `NotBooked`."""
    visit = locked(reference)
    if visit.state == VisitState.ON_THE_WAY:
        return
    if visit.state != VisitState.BOOKED:
        raise NotBooked(reference=reference, state=visit.state)
    visit.state, visit.changed_by, visit.changed_at = VisitState.ON_THE_WAY, str(by), at
    visit.save()
    zone = operator.current().calendar.tz
    record([about(visit.need, SET_OUT, record_of(visit, zone), at=at)], by=by, at=at)
