"""Look up which of the older entries wait for an answer, so that lists need not look through all that ever came."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from django.db import connection, transaction

from ligneclaire.facts.sql import named
from ligneclaire.kernel.actor import Actor

SQL = named(Path(__file__).with_suffix(".sql"))
PAUSE = timedelta(minutes=30)  # no transaction that writes an entry takes as long


@transaction.atomic
def look_out(*, by: Actor, at: datetime) -> int | None:
    """Note those that wait among the entries that were there last time; return how many, or None too soon after it.

    Lists stay right without it, and slow: what was answered since falls away, and what came since is looked through.
    """
    with connection.cursor() as cursor:
        cursor.execute(SQL["known"], {"at": at, "before": at - PAUSE})
        found = cursor.fetchone()
        if found is None:
            return None
        cursor.execute(SQL["forget"])
        cursor.execute(SQL["look"], {"looked_to": found[0]})
        return int(cursor.rowcount)
