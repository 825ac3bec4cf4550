"""Journeys with their steps as rows, and the steps that passed their day in silence."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from ligneclaire.flow.models import Journey, Step
from ligneclaire.flow.plan import StepRow
from ligneclaire.flow.states import JourneyState, StepState


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


FIELDS = (
    *("name", "department", "after", "state", "expected_on", "latest_on", "opened_at", "closed_at"),
    *("handed_over_at", "times"),
)


def of(customers: Collection[str]) -> tuple[Row, ...]:
    """Every journey of these customers, newest first, in one query."""
    steps = Step.objects.filter(journey=OuterRef("uuid")).order_by("place")
    rows = (
        Journey.objects.filter(customer__in=customers)
        .annotate(steps=ArraySubquery(steps.values(step=JSONObject(**{name: name for name in FIELDS}))))
        .order_by("-started_at", "-id")
    )
    return tuple(
        Row(
            uuid=row.uuid,
            kind=row.kind,
            version=row.version,
            customer=row.customer,
            subject=row.subject,
            trigger=row.trigger,
            state=JourneyState(row.state),
            started_at=row.started_at,
            ended_at=row.ended_at,
            steps=tuple(_step(step) for step in row.steps),
        )
        for row in rows
    )


def under_way(kind: str, subjects: Collection[str]) -> frozenset[str]:
    """Those of these subjects that have a journey of a kind, or had one to its end."""
    rows = Journey.objects.filter(kind=kind, subject__in=subjects).exclude(state=JourneyState.CANCELLED)
    return frozenset(rows.values_list("subject", flat=True))


def is_any_open(subjects: Collection[str]) -> bool:
    """Whether a plan about one of these subjects is under way."""
    return Journey.objects.filter(subject__in=subjects, state=JourneyState.RUNNING).exists()


def _step(row: dict[str, Any]) -> StepRow:
    instants = {name: row[name] and datetime.fromisoformat(row[name]) for name in FIELDS if name.endswith("_at")}
    days = {name: row[name] and date.fromisoformat(row[name]) for name in FIELDS if name.endswith("_on")}
    return StepRow(**{**row, **instants, **days, "state": StepState(row["state"]), "after": tuple(row["after"])})
