"""Messages that wait without a job that would let them leave."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db import connection

from ligneclaire.facts.sql import named

SQL = named(Path(__file__).with_suffix(".sql"))
GRACE = timedelta(minutes=30)  # more than the jobs of a message take until they are given up


def messages(*, at: datetime) -> dict[UUID, int]:
    """Those written some time ago, with how often each was tried."""
    with connection.cursor() as cursor:
        cursor.execute(SQL["messages"], {"before": at - GRACE})
        return dict(cursor.fetchall())
