"""Nobody comes at that time after all."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.facts.record import record
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.queries import operator
from ligneclaire.visits.facts import CANCELLED
from ligneclaire.visits.locked import locked
from ligneclaire.visits.states import VisitState
from ligneclaire.visits.stating import about, no_more_times, record_of


class TooLateToCancel(Refused):
    """The technician is on the way, or the visit is over."""


@transaction.atomic
def cancel_visit(*, reference: str, by: Actor, at: datetime) -> None:
    """Give up a hold, or cancel a booked visit and take back what was said of its time; again changes nothing."""
    visit = locked(reference)
    if visit.state == VisitState.CANCELLED:
        return
    if visit.state == VisitState.HELD:
        visit.delete()
        return
    if visit.state != VisitState.BOOKED:
        raise TooLateToCancel(reference=reference, state=visit.state)
    withdrawn = no_more_times(visit, at=at)
    visit.state, visit.sequence = VisitState.CANCELLED, visit.sequence + 1
    visit.changed_by, visit.changed_at = str(by), at
    visit.save()
    zone = operator.current().calendar.tz
    record([about(visit.need, CANCELLED, record_of(visit, zone), at=at), *withdrawn], by=by, at=at)
