"""What customers asked for of their lines in their space, and what was said of those and no plan has taken up yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from ligneclaire.facts.models import Delivery, Fact, Payload
from ligneclaire.flow.states import StepState
from ligneclaire.journeys.plans.fix_fault import FIX_FAULT
from ligneclaire.journeys.plans.move_home import MOVE_HOME
from ligneclaire.journeys.plans.proofs import CUT, FAULT, MOVE
from ligneclaire.kernel.ref import Ref

SOURCE = "space"
PLANS = {MOVE: MOVE_HOME.kind, FAULT: FIX_FAULT.kind}
"""The plan that each request begins."""
BEGUN_BY = {MOVE: (MOVE,), FAULT: (FAULT, CUT)}
"""What may have begun such a plan already."""
SHOWN = frozenset({"prove_line", "restore"})  # the steps that end when the line is known to work
LEFT = "release_line"  # the step that ends when the line is no longer ours


def is_in_hand(steps: Iterable[tuple[str, StepState]]) -> bool:
    """Whether a plan, by its steps and their states, still has to bring a line to work: nobody asks for that again."""
    return not any(name in SHOWN and state is StepState.DONE for name, state in steps)


def has_left(steps: Iterable[tuple[str, StepState]]) -> bool:
    """Whether a plan, by its steps and their states, has let a line go: nobody repairs or moves it here any more."""
    return (LEFT, StepState.DONE) in steps


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedCard:
    """A request as it was recorded; it `is_waiting` until the plans of its customer have heard of it."""

    kind: str
    customer: str
    contract: str
    value: object
    at: datetime
    is_waiting: bool


def name_of(form: UUID) -> str:
    """The id under which what is asked for with a form is stated, once."""
    return f"form/{form}"


def with_form(form: UUID) -> AskedCard | None:
    """What was asked for with a form; None while nothing was."""
    return next(iter(_cards(_known().filter(source=SOURCE, source_id=name_of(form)))), None)


def waiting(customers: Collection[str], kinds: Collection[str]) -> tuple[AskedCard, ...]:
    """What was stated of these kinds, by whomever, and no plan has heard of yet; the oldest first."""
    return _cards(_known().filter(customer__in=customers, kind__in=kinds, is_heard=False))


def _known() -> QuerySet[Any]:
    heard = Delivery.objects.filter(key=OuterRef("customer"), handled_to__gte=OuterRef("recorded_at"))
    said = Payload.objects.filter(fact=OuterRef("pk")).values("value")
    return Fact.objects.annotate(is_heard=Exists(heard), value=Subquery(said)).order_by("recorded_at", "id")


def _cards(rows: QuerySet[Any]) -> tuple[AskedCard, ...]:
    return tuple(
        AskedCard(
            kind=row.kind,
            customer=row.customer,
            contract=Ref.parse(row.subject).number,
            value=row.value,
            at=row.at,
            is_waiting=not row.is_heard,
        )
        for row in rows
    )
