"""The days on which advisers do not answer."""

from __future__ import annotations

from datetime import date

from django.db import connection

from ligneclaire.people.rules.stand_in import Away

# Absences that follow each other without a day between are one: only its end brings the adviser back.
AWAY = """
    SELECT span.adviser_id, adviser.backup_id, upper(span.days)
    FROM (
        SELECT adviser_id, unnest(range_agg(period)) AS days
        FROM people_absence
        WHERE upper(period) > %(on)s OR upper_inf(period)
        GROUP BY adviser_id
    ) AS span
    JOIN people_adviser AS adviser ON adviser.number = span.adviser_id
    WHERE span.days @> %(on)s
"""


def away(*, on: date) -> dict[str, Away]:
    """The advisers who are away on that day, by number."""
    with connection.cursor() as cursor:
        cursor.execute(AWAY, {"on": on})
        return {adviser: Away(backup=backup, until=until) for adviser, backup, until in cursor.fetchall()}
