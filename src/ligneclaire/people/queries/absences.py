"""The days on which advisers do not answer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import connection

from ligneclaire.people.rules.stand_in import Away

# Absences that follow each other without a day between are one: only its end brings the adviser back.
AWAY = """
    SELECT asked.day, span.adviser_id, adviser.backup_id, upper(span.days), COALESCE(operator.duty_id, '')
    FROM (
        SELECT adviser_id, unnest(range_agg(period)) AS days
        FROM people_absence
        WHERE upper(period) > %(first)s OR upper_inf(period)
        GROUP BY adviser_id
    ) AS span
    JOIN unnest(%(days)s::date[]) AS asked (day) ON span.days @> asked.day
    JOIN people_adviser AS adviser ON adviser.number = span.adviser_id
    LEFT JOIN people_operator AS operator ON true
"""


def away(*, on: date) -> dict[str, Away]:
    """The advisers who are away on that day, by number."""
    return away_on([on])[on]


def away_on(days: Collection[date]) -> dict[date, dict[str, Away]]:
    """The advisers who are away on each of these days, by number."""
    found: dict[date, dict[str, Away]] = {day: {} for day in days}
    with connection.cursor() as cursor:
        cursor.execute(AWAY, {"first": min(days), "days": list(days)})
        for day, adviser, backup, until, duty in cursor.fetchall():
            found[day][adviser] = Away(backup=backup, until=until, duty=duty)
    return found
