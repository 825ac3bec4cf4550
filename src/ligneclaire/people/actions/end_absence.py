"""An adviser is back, or does not go."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from ligneclaire.audit.actions.note_changes import note_changes
from ligneclaire.audit.states import ChangeKind
from ligneclaire.facts.news import EVERYBODY, announce
from ligneclaire.kernel.actor import Actor
from ligneclaire.people.access.roles import Right, refuse_unless_own
from ligneclaire.people.actions.record_absence import AbsenceOver
from ligneclaire.people.queries import absences, operator


@transaction.atomic
def end_absence(*, absence: UUID, by: Actor, at: datetime) -> None:
    """From today on the adviser answers again; an absence that has not begun is as if it had never been planned."""
    row = absences.locked(absence)
    adviser = row.adviser_id
    refuse_unless_own(by, adviser, own=Right.PLAN_ABSENCE, others=Right.PLAN_TEAM)
    before, today = absences.values_of(row), operator.current().calendar.date_of(at)
    if row.period.upper is not None and row.period.upper <= today:
        raise AbsenceOver(adviser=adviser, absence=absence)
    if row.period.lower >= today:
        row.delete()
        note_changes(kind=ChangeKind.ABSENCE, before={adviser: before}, by=by, at=at)
    else:
        row.period = DateRange(row.period.lower, today)
        row.save(update_fields=["period"])
        after = absences.values_of(row)
        note_changes(kind=ChangeKind.ABSENCE, before={adviser: before}, after={adviser: after}, by=by, at=at)
    announce([EVERYBODY])
