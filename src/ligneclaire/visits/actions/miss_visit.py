"""A visit did not take place."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.facts.record import record
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.queries import operator
from ligneclaire.visits.actions.close_visit import NotToCome
from ligneclaire.visits.facts import MISSED, VISIT_MISSED
from ligneclaire.visits.locked import locked
from ligneclaire.visits.states import TO_COME, MissedBy, VisitState
from ligneclaire.visits.stating import about, record_of


class NotYetMissed(Refused):
    """The time of the visit has not begun."""


@transaction.atomic
def miss_visit(*, reference: str, missed_by: MissedBy, by: Actor, at: datetime) -> None:
    """Say through whom a visit did not take place; its need stays open, another time can be chosen. Once only."""
    visit = locked(reference)
    if visit.state == VisitState.MISSED and visit.missed_by == missed_by:
        return
    if visit.state not in TO_COME:
        raise NotToCome(reference=reference, state=visit.state)
    if at < visit.during.lower:
        raise NotYetMissed(reference=reference, starts=visit.during.lower)
    visit.state, visit.missed_by = VisitState.MISSED, missed_by
    visit.changed_by, visit.changed_at = str(by), at
    visit.save()
    zone, value = operator.current().calendar.tz, {"by": missed_by.value}
    statements = [
        about(visit.need, MISSED, record_of(visit, zone) | value, at=at),
        about(visit.need, VISIT_MISSED, value, source_id=f"{reference}/missed", at=at),
    ]
    record(statements, by=by, at=at)
