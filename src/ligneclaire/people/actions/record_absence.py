"""Write down that an adviser is away."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from ligneclaire.audit.actions.note_changes import note_changes
from ligneclaire.audit.states import ChangeKind
from ligneclaire.facts.news import EVERYBODY, announce
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.period import Period
from ligneclaire.kernel.ref import uuid7
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless_own
from ligneclaire.people.models import Absence
from ligneclaire.people.queries import absences, advisers, operator
from ligneclaire.people.states import AbsenceReason


class AbsenceOverlaps(Refused):
    """The adviser is already recorded as away on one of these days."""


class AbsenceOver(Refused):
    """What was is not changed: an absence begins today or later."""


@transaction.atomic
def record_absence(*, adviser: str, period: Period, reason: AbsenceReason | None, by: Actor, at: datetime) -> UUID:
    """Record the days on which an adviser does not answer, from today on; the backup answers meanwhile."""
    refuse_unless_own(by, adviser, own=Right.PLAN_ABSENCE, others=Right.PLAN_TEAM)
    row = advisers.locked(adviser)
    days = DateRange(period.start, period.end)
    if period.start < operator.current().calendar.date_of(at):
        raise AbsenceOver(adviser=adviser, period=period)
    if Absence.objects.filter(adviser=row, period__overlap=days).exists():
        raise AbsenceOverlaps(adviser=adviser, period=period)
    new = Absence.objects.create(
        uuid=uuid7(at), adviser=row, period=days, reason=reason or "", recorded_by=str(by), recorded_at=at
    )
    note_changes(kind=ChangeKind.ABSENCE, after={adviser: absences.values_of(new)}, by=by, at=at)
    announce([EVERYBODY])
    return new.uuid
