"""An adviser is away on other days than was said."""

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
from ligneclaire.people.access.roles import Right, refuse_unless_own
from ligneclaire.people.actions.record_absence import AbsenceOver, AbsenceOverlaps
from ligneclaire.people.models import Absence
from ligneclaire.people.queries import absences, operator
from ligneclaire.people.states import AbsenceReason


@transaction.atomic
def change_absence(*, absence: UUID, period: Period, reason: AbsenceReason | None, by: Actor, at: datetime) -> None:
    """Give an absence that is not over other days; days that were stay as they were."""
    row = absences.locked(absence)
    refuse_unless_own(by, row.adviser_id, own=Right.PLAN_ABSENCE, others=Right.PLAN_TEAM)
    before, today = absences.values_of(row), operator.current().calendar.date_of(at)
    had, days = row.period, DateRange(period.start, period.end)
    is_over = had.upper is not None and had.upper <= today
    moves_what_was = period.start != had.lower and min(period.start, had.lower) < today
    if is_over or moves_what_was or (period.end is not None and period.end < today):
        raise AbsenceOver(adviser=row.adviser_id, period=period)
    others = Absence.objects.filter(adviser__number=row.adviser_id, period__overlap=days).exclude(pk=row.pk)
    if others.exists():
        raise AbsenceOverlaps(adviser=row.adviser_id, period=period)
    row.period, row.reason = days, reason or ""
    row.save(update_fields=["period", "reason"])
    after = absences.values_of(row)
    note_changes(kind=ChangeKind.ABSENCE, before={row.adviser_id: before}, after={row.adviser_id: after}, by=by, at=at)
    announce([EVERYBODY])
