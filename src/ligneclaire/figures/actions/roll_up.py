"""Count what happened on some days."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from ligneclaire.facts.sql import named
from ligneclaire.figures.rules import Span
from ligneclaire.journeys.plans import CURRENT
from ligneclaire.journeys.queries import plans
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused

ASKED = frozenset[str]().union(*(plan.triggers for plan in CURRENT))  # a customer may name a day in what begins a plan
SQL = named(Path(__file__).with_suffix(".sql"))


class NothingToCountYet(Refused):
    """These days lie ahead."""


@transaction.atomic
def roll_up(*, span: Span, zone: str, by: Actor, at: datetime) -> int:
    """Count these days anew, in the operator's time zone, and forget what was counted of them; return how many rows.

    The same again gives the same. Raises `NothingToCountYet`.
    """
    if span.first > _today(at, zone):
        raise NothingToCountYet(first=span.first)
    given: dict[str, Any] = {**plans.dated(), "asked": sorted(ASKED)}
    given |= {"first": span.first, "last": min(span.last, _today(at, zone)), "zone": zone, "at": at}
    with connection.cursor() as cursor:
        for statement in ("days", "forget", "count"):
            cursor.execute(SQL[statement], given)
        return int(cursor.rowcount)


def _today(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()
