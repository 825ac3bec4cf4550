"""Tell whoever is looking that something new is known: of a customer, of a source, or of concern to all."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

CHANNEL = "ligneclaire_news"
WAKE = "ligneclaire_facts"  # what workers listen to
EVERYBODY = "*"  # something that concerns every screen, such as a stop


def announce(keys: Iterable[str]) -> None:
    """Say that there is news of these customers or sources; heard when the transaction commits."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_notify(%s, key)) FROM unnest(%s::text[]) AS news (key)",
            [CHANNEL, sorted(set(keys))],
        )
