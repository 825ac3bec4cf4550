"""The days on which advisers do not answer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from ligneclaire.kernel.prepared import prepared
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.models import Absence, Adviser
from ligneclaire.people.rules.stand_in import Away

# Absences that follow each other without a day between are one: only its end brings the adviser back.
AWAY = """
    SELECT asked.day, span.adviser_id, adviser.backup_id, upper(span.days),
        ARRAY(
            SELECT territory.duty_id
            FROM people_coverage AS coverage
            JOIN people_territory AS territory ON territory.code = coverage.territory_id
            WHERE coverage.adviser_id = span.adviser_id AND territory.duty_id IS NOT NULL
            ORDER BY territory.code
        ) || ARRAY(SELECT duty_id FROM people_operator WHERE duty_id IS NOT NULL)
    FROM (
        SELECT adviser_id, unnest(range_agg(period)) AS days
        FROM people_absence
        WHERE upper(period) > %(first)s OR upper_inf(period)
        GROUP BY adviser_id
    ) AS span
    JOIN unnest(%(days)s::date[]) AS asked (day) ON span.days @> asked.day
    JOIN people_adviser AS adviser ON adviser.number = span.adviser_id
"""


class AbsenceUnknown(Refused):
    """Nobody is away like this, or no longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceCard:
    """An absence: whose, from its first day until the day on which they are back, if known."""

    uuid: UUID
    adviser: str
    adviser_name: str
    backup_name: str
    start: date
    end: date | None
    reason: str


def of(adviser: str, *, on: date) -> tuple[AbsenceCard, ...]:
    """The absences of an adviser that are not over on that day, the first ones first."""
    return tuple(map(_card, _rows().filter(_not_over(on), adviser__number=adviser)))


def current(*, on: date) -> tuple[AbsenceCard, ...]:
    """The absences of those who are away on that day, the longest first."""
    return tuple(map(_card, _rows().filter(period__contains=on)))


def coming(*, after: date, limit: int, skip: int = 0) -> tuple[AbsenceCard, ...]:
    """The absences that begin after that day, the first ones first."""
    return tuple(map(_card, _rows().filter(period__startswith__gt=after)[skip : skip + limit]))


def count_coming(*, after: date) -> int:
    """How many absences begin after that day."""
    return Absence.objects.filter(period__startswith__gt=after).count()


def by_uuid(uuid: UUID) -> AbsenceCard:
    """One absence."""
    row = _rows().filter(uuid=uuid).first()
    if row is None:
        raise AbsenceUnknown(absence=uuid)
    return _card(row)


def locked(uuid: UUID) -> Absence:
    """The row of an absence, until the transaction ends; its adviser's other absences do not change meanwhile."""
    whose = Absence.objects.filter(uuid=uuid).values("adviser__number")
    list(Adviser.objects.select_for_update().filter(number__in=whose))
    row = Absence.objects.select_for_update().filter(uuid=uuid).first()
    if row is None:
        raise AbsenceUnknown(absence=uuid)
    return row


def values_of(row: Absence) -> dict[str, object]:
    """What is kept of an absence where it changes."""
    end = row.period.upper.isoformat() if row.period.upper else None
    return {"from": row.period.lower.isoformat(), "back": end, "reason": str(row.reason)}


def _not_over(day: date) -> Q:
    return Q(period__endswith__gt=day) | Q(period__upper_inf=True)


def _rows() -> QuerySet[Absence]:
    return Absence.objects.select_related("adviser__backup").order_by("period", "adviser__name", "adviser__number")


def _card(row: Absence) -> AbsenceCard:
    return AbsenceCard(
        uuid=row.uuid,
        adviser=row.adviser_id,
        adviser_name=row.adviser.name,
        backup_name=row.adviser.backup.name,
        start=row.period.lower,
        end=row.period.upper,
        reason=row.reason,
    )


def away(*, on: date) -> dict[str, Away]:
    """The advisers who are away on that day, by number."""
    return away_on([on])[on]


def away_on(days: Collection[date]) -> dict[date, dict[str, Away]]:
    """The advisers who are away on each of these days, by number."""
    found: dict[date, dict[str, Away]] = {day: {} for day in days}
    with prepared() as cursor:
        cursor.execute(AWAY, {"first": min(days), "days": list(days)})
        for day, adviser, backup, until, duties in cursor.fetchall():
            found[day][adviser] = Away(backup=backup, until=until, duties=tuple(duties))
    return found
