"""Load the journeys of some customers with what they hear, and keep what became of them: a fixed number of queries."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection

from ligneclaire.facts.sql import named
from ligneclaire.flow import models
from ligneclaire.flow.engine import Journey, Moved
from ligneclaire.flow.plan import Heard, StepRow
from ligneclaire.flow.states import JourneyState, StepState
from ligneclaire.kernel.rows import append

SQL = named(Path(__file__).with_suffix(".sql"))
JOURNEY = (*("uuid", "kind", "version", "customer", "subject", "trigger", "started_at", "state", "ended_at", "lines"),)
STEP = (
    *("journey_id", "customer", "place", "name", "after", "department", "state", "expected_on", "latest_on"),
    *("opened_at", "closed_at", "handed_over_at", "times"),
)
Subject = tuple[str, str]  # of a customer: (customer, subject)


def heard(
    keys: Collection[str], *, families: Collection[str], until: datetime, without: Collection[int]
) -> dict[Subject, list[Heard]]:
    """What is known of each subject that moves, in the order of the facts themselves."""
    found: dict[Subject, list[Heard]] = defaultdict(list)
    given: dict[str, Any] = {"keys": list(keys), "families": list(families), "until": until, "without": list(without)}
    with connection.cursor() as cursor:
        cursor.execute(SQL["heard"], given)
        for customer, subject, number, source, source_id, kind, value, effective, at, recorded_at in cursor:
            fact = Heard(
                id=number,
                source=source,
                source_id=source_id,
                kind=kind,
                value=json.loads(value),
                effective=effective,
                at=at,
                recorded_at=recorded_at,
            )
            found[customer, subject].append(fact)
    return dict(found)


def journeys(subjects: Collection[Subject]) -> dict[Subject, list[Journey]]:
    """Every journey of these subjects, ended ones too, oldest first."""
    if not subjects:
        return {}
    customers, names = zip(*sorted(subjects), strict=True)
    rows = list(
        models.Journey.objects.filter(customer__in=set(customers), subject__in=set(names)).order_by("started_at", "id")
    )
    running = [row.uuid for row in rows if row.state == JourneyState.RUNNING]
    steps, awaits = _steps(running), _awaits(running)
    found: dict[Subject, list[Journey]] = defaultdict(list)
    for row in rows:
        found[row.customer, row.subject].append(
            Journey(
                uuid=row.uuid,
                kind=row.kind,
                version=row.version,
                customer=row.customer,
                subject=row.subject,
                trigger=row.trigger,
                started_at=row.started_at,
                state=JourneyState(row.state),
                ended_at=row.ended_at,
                steps=tuple(steps.get(row.uuid, ())),
                awaits=tuple(awaits.get(row.uuid, ())),
                lines=row.lines,
            )
        )
    return found


def next_timers(customers: Collection[str]) -> dict[str, datetime]:
    """When a plan of each of these customers wants to look again, where one does."""
    with connection.cursor() as cursor:
        cursor.execute(SQL["next_timers"], {"customers": list(customers)})
        return dict(cursor.fetchall())


def keep(moved: Sequence[Moved]) -> None:
    """Write journeys as they stand now; the caller holds their customers."""
    new = [one for one in moved if one.is_new]
    _change([one for one in moved if not one.is_new])  # first: what ended makes room for what begins
    append(models.Journey, JOURNEY, (_journey(one.journey) for one in new))
    append(models.Step, STEP, (row for one in new for row in _changed_steps(one)))
    append(models.Timer, ("journey_id", "customer", "due_at"), _timers(moved))
    append(models.Line, ("journey_id", "number", "at", "turn", "step", "detail"), _lines(moved))


def _change(moved: Sequence[Moved]) -> None:
    if not moved:
        return
    models.Journey.objects.bulk_create(
        [models.Journey(**dict(zip(JOURNEY, _journey(one.journey), strict=True))) for one in moved],
        update_conflicts=True,
        unique_fields=["uuid"],
        update_fields=["state", "ended_at", "lines"],
    )
    models.Step.objects.bulk_create(
        [models.Step(**dict(zip(STEP, row, strict=True))) for one in moved for row in _changed_steps(one)],
        update_conflicts=True,
        unique_fields=["journey", "name"],
        update_fields=list(STEP[STEP.index("department") :]),
    )
    models.Timer.objects.filter(journey__uuid__in=[one.journey.uuid for one in moved]).delete()


def _steps(running: Collection[UUID]) -> dict[UUID, list[StepRow]]:
    found: dict[UUID, list[StepRow]] = defaultdict(list)
    for row in models.Step.objects.filter(journey__uuid__in=running).order_by("journey", "place"):
        found[row.journey_id].append(
            StepRow(
                name=row.name,
                department=row.department,
                after=tuple(row.after),
                state=StepState(row.state),
                expected_on=row.expected_on,
                latest_on=row.latest_on,
                opened_at=row.opened_at,
                closed_at=row.closed_at,
                handed_over_at=row.handed_over_at,
                times=row.times,
            )
        )
    return found


def _awaits(running: Collection[UUID]) -> dict[UUID, list[datetime]]:
    found: dict[UUID, list[datetime]] = defaultdict(list)
    for journey, due_at in (
        models.Timer.objects.filter(journey__uuid__in=running).order_by("due_at").values_list("journey__uuid", "due_at")
    ):
        found[journey].append(due_at)
    return found


def _journey(journey: Journey) -> tuple[object, ...]:
    return tuple(getattr(journey, name) for name in JOURNEY)


def _changed_steps(moved: Moved) -> Iterable[tuple[object, ...]]:
    journey = moved.journey
    for place, step in enumerate(journey.steps):
        if step not in moved.untouched:
            own = (getattr(step, name) for name in STEP[STEP.index("after") + 1 :])
            yield (journey.uuid, journey.customer, place, step.name, list(step.after), *own)


def _timers(moved: Sequence[Moved]) -> Iterable[tuple[object, ...]]:
    return ((one.journey.uuid, one.journey.customer, at) for one in moved for at in one.journey.awaits)


def _lines(moved: Sequence[Moved]) -> Iterable[tuple[object, ...]]:
    for one in moved:
        first = one.journey.lines - len(one.lines)
        for number, line in enumerate(one.lines, start=first):
            yield (one.journey.uuid, number, line.at, line.turn, line.step, line.detail)
