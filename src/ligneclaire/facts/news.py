"""Tell whoever is looking that something new is known: of a customer, of a source, or of concern to all."""

from __future__ import annotations

from collections.abc import Iterable

from ligneclaire.kernel.prepared import prepared

CHANNEL = "ligneclaire_news"
WAKE = "ligneclaire_facts"  # what workers listen to
SAY = """
SELECT count(pg_notify(channel, word))
FROM unnest(%(channels)s::text[], %(words)s::text[]) AS said (channel, word)
"""
EVERYBODY = "*"  # something that concerns every screen, such as a stop


def announce(keys: Iterable[str], *, wake: bool = False) -> None:
    """Say that there is news of these customers or sources, and have it handled; heard when the transaction commits."""
    told = [(CHANNEL, key) for key in sorted(set(keys))] + [(WAKE, "")] * wake
    with prepared() as cursor:
        cursor.execute(SAY, {"channels": [channel for channel, _ in told], "words": [word for _, word in told]})
