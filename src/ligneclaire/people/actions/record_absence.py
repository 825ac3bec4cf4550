"""Write down that an adviser is away."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.period import Period
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.models import Absence
from ligneclaire.people.queries import advisers
from ligneclaire.people.states import AbsenceReason


class AbsenceOverlaps(Refused):
    """The adviser is already recorded as away on one of these days."""


@transaction.atomic
def record_absence(*, adviser: str, period: Period, reason: AbsenceReason, by: Actor, at: datetime) -> Absence:
    """Record the days on which an adviser does not answer; the backup answers meanwhile."""
    row = advisers.locked(adviser)
    days = DateRange(period.start, period.end)
    if Absence.objects.filter(adviser=row, period__overlap=days).exists():
        raise AbsenceOverlaps(adviser=adviser, period=period)
    return Absence.objects.create(adviser=row, period=days, reason=reason, recorded_by=str(by), recorded_at=at)
