"""Keep a time for somebody while they make up their mind."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from psycopg.types.range import TimestamptzRange

from ligneclaire.facts.record import hold
from ligneclaire.facts.sql import named
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.calendar import ONE_DAY, Calendar
from ligneclaire.kernel.ref import reference_of
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.queries import operator
from ligneclaire.visits.actions.ask_visit import NoSuchNeed
from ligneclaire.visits.models import Need, Visit
from ligneclaire.visits.queries.slots import IS_OFFERED, OFFERED
from ligneclaire.visits.rules.times import HELD_FOR, days, first_day
from ligneclaire.visits.states import Gone, VisitState
from ligneclaire.visits.values import Window

HOLD = named(Path(__file__).with_suffix(".sql"))["hold"].format(offered=OFFERED)


class SlotGone(Refused):
    """The time cannot be had; `reason` says why, so that another can be offered."""

    def __init__(self, reason: Gone, **values: object) -> None:
        super().__init__(reason=reason, **values)
        self.reason = reason


@transaction.atomic
def hold_slot(*, need: str, window: Window, by: Actor, at: datetime) -> str:
    """Return the reference of a visit held for a quarter of an hour; what was held for this need before is given up.

    The same window again is the same hold. Raises `NoSuchNeed`, `SlotGone`. PostgreSQL refuses a second customer in one
    technician's time whoever tries.
    """
    customer = Need.objects.filter(reference=need).values_list("customer__number", flat=True).first()
    if customer is None:
        raise NoSuchNeed(need=need)
    hold({customer})
    row = Need.objects.get(reference=need)
    if row.closed_at is not None:
        raise NoSuchNeed(need=need)
    during = TimestamptzRange(window.starts, window.ends)
    held = Visit.objects.filter(need=row, state=VisitState.HELD, during=during, held_until__gt=at).first()
    if held:
        return held.reference
    calendar = operator.current().calendar
    day = calendar.date_of(window.starts)
    values: dict[str, Any] = {
        "need": need,
        "territory": row.territory_id,
        "skill": row.skill,
        "zone": calendar.zone,
        "days": days(day, day, at=at, calendar=calendar),
        "slot": during,
        "day": TimestamptzRange(calendar.at(day, time()), calendar.at(day + ONE_DAY, time())),
        "until": at + HELD_FOR,
        "by": str(by),
        "at": at,
    }
    reference = _held(values)
    if not reference:
        raise SlotGone(_why(values, window, calendar, at), starts=window.starts, ends=window.ends)
    return reference


def _held(values: dict[str, Any]) -> str:
    """As when a resource is given: first pass by whom others are asking, then wait for them."""
    passing_by, attempt = " SKIP LOCKED", 0
    while True:
        name = reference_of("visit", *(str(values[part]) for part in ("need", "slot", "at")), salt=attempt)
        attempt += 1
        statement = HOLD.replace("OF technician SKIP LOCKED", f"OF technician{passing_by}")
        found, given = _tried(statement, values | {"reference": name})
        if given or (not found and not passing_by):
            return given
        passing_by = passing_by if found else ""


def _tried(statement: str, values: dict[str, Any]) -> tuple[str, str]:
    before = transaction.savepoint()
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        [(found, given)] = cursor.fetchall()
    if given:
        transaction.savepoint_commit(before)
    else:
        transaction.savepoint_rollback(before)  # lets go of whoever was found, so that nobody waits for each other
    return found or "", given or ""


def _why(values: dict[str, Any], window: Window, calendar: Calendar, at: datetime) -> Gone:
    if calendar.date_of(window.starts) < first_day(at, calendar):
        return Gone.TOO_SOON
    with connection.cursor() as cursor:
        cursor.execute(IS_OFFERED, values)
        [(is_offered,)] = cursor.fetchall()
    return Gone.TAKEN if is_offered else Gone.NOT_OFFERED
