"""Messages that were refused for good: each with the owner of its case, who looks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection

from ligneclaire.facts.sql import named

SQL = named(Path(__file__).with_suffix(".sql"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Undelivered:
    """A message that a customer does not have, and the server's words."""

    message: UUID
    customer: str
    customer_name: str
    subject: str
    destination: tuple[str, ...]
    answer: str
    since: datetime
    state: str
    channel: str
    owner: str
    owner_name: str


def newest(*, adviser: str, limit: int) -> tuple[Undelivered, ...]:
    """Those that nobody has ticked off: an adviser's own first, then the newest."""
    with connection.cursor() as cursor:
        cursor.execute(SQL["newest"], {"adviser": adviser, "limit": limit})
        return tuple(_undelivered(row) for row in cursor)


def _undelivered(row: Sequence[Any]) -> Undelivered:
    message, customer, customer_name, subject, destination, answer, since, state, channel, owner, owner_name = row
    return Undelivered(
        message=message,
        customer=customer,
        customer_name=customer_name,
        subject=subject,
        destination=tuple(json.loads(destination)),
        answer=answer,
        since=since,
        state=state,
        channel=channel,
        owner=owner,
        owner_name=owner_name,
    )
