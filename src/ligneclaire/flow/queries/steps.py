"""Journeys with their steps as rows, and the steps that passed their day in silence."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from ligneclaire.facts.sql import named
from ligneclaire.flow.models import Journey
from ligneclaire.flow.plan import StepRow
from ligneclaire.flow.states import JourneyState, StepState
from ligneclaire.kernel.prepared import prepared


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A journey with its steps in the order of the plan."""

    uuid: UUID
    kind: str
    version: int
    customer: str
    subject: str
    trigger: str
    state: JourneyState
    started_at: datetime
    ended_at: datetime | None
    steps: tuple[StepRow, ...]


SQL = named(Path(__file__).with_suffix(".sql"))


def of(customers: Collection[str]) -> tuple[Row, ...]:
    """Every journey of these customers, newest first, in one query."""
    with prepared() as cursor:
        cursor.execute(SQL["of"], {"customers": list(customers)})
        found = cursor.fetchall()
    return tuple(
        Row(
            uuid=uuid,
            kind=kind,
            version=version,
            customer=customer,
            subject=subject,
            trigger=trigger,
            state=JourneyState(state),
            started_at=started_at,
            ended_at=ended_at,
            steps=tuple(_step(step) for step in steps),
        )
        for uuid, kind, version, customer, subject, trigger, state, started_at, ended_at, steps in found
    )


def under_way(kind: str, subjects: Collection[str]) -> frozenset[str]:
    """Those of these subjects that have a journey of a kind, or had one to its end."""
    rows = Journey.objects.filter(kind=kind, subject__in=subjects).exclude(state=JourneyState.CANCELLED)
    return frozenset(rows.values_list("subject", flat=True))


def is_any_open(subjects: Collection[str]) -> bool:
    """Whether a plan about one of these subjects is under way."""
    return Journey.objects.filter(subject__in=subjects, state=JourneyState.RUNNING).exists()


def _step(row: dict[str, Any]) -> StepRow:
    instants = {name: row[name] and datetime.fromisoformat(row[name]) for name in row if name.endswith("_at")}
    days = {name: row[name] and date.fromisoformat(row[name]) for name in row if name.endswith("_on")}
    return StepRow(**{**row, **instants, **days, "state": StepState(row["state"]), "after": tuple(row["after"])})
