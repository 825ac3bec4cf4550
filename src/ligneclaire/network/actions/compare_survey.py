"""Compare what the network sees with what the records say, before anybody loses a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from django.db import connection, transaction

from ligneclaire.facts.sql import named
from ligneclaire.kernel.actor import Actor
from ligneclaire.network.models import Survey
from ligneclaire.network.states import DifferenceKind

SQL = named(Path(__file__).with_suffix(".sql"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """How many differences of each kind are new, how many are gone, and how many resources are protected now."""

    new: Mapping[DifferenceKind, int]
    gone: int
    protected: int


@transaction.atomic
def compare_survey(*, survey: UUID, due_on: date, by: Actor, at: datetime) -> Compared:
    """Open one difference for each disagreement, with an owner and the day by which somebody has looked.

    Again changes nothing. What is in use and free for the records is given to nobody from now on; an earlier survey of
    the same source is forgotten.
    """
    row = Survey.objects.select_for_update().get(uuid=survey)
    values: dict[str, str | int | date] = {
        "survey": row.pk,
        "source": row.source,
        "at": row.seen_at,
        "now": at,
        "due_on": due_on,
        "by": str(by),
    }
    with connection.cursor() as cursor:
        cursor.execute(SQL["found"], values)
        cursor.execute("ANALYZE found")
        cursor.execute(SQL["ask"], values)
        new = Counter(kind for (kind,) in cursor.fetchall())
        cursor.execute(SQL["gone"], values)
        gone = cursor.rowcount
        cursor.execute(SQL["protect"], values)
        protected = cursor.rowcount
        cursor.execute(SQL["forget"], values)
        cursor.execute(SQL["done"])
    row.compared_at = at
    row.save()
    return Compared(
        new={DifferenceKind(kind): count for kind, count in sorted(new.items())}, gone=gone, protected=protected
    )
