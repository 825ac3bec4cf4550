"""The plans of customers as advisers and customers see them: dated steps, the same for both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ligneclaire.flow.queries import steps
from ligneclaire.flow.states import JourneyState, StepState
from ligneclaire.journeys.plans import DEFINITIONS
from ligneclaire.promises.rules import Matter, Pledge, PledgeState


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStep:
    """A step: when we expect it, what the customer was told of its date, and by when it must be at the latest."""

    name: str
    department: str
    state: StepState
    expected_on: date
    promised_on: date | None
    latest_on: date | None
    closed_at: datetime | None
    handed_over_at: datetime | None
    is_inside: bool  # not drawn for the customer
    tells: str = ""  # the topic whose date is the date of this step
    after: tuple[str, ...] = ()  # steps of this plan that come before
    opened_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCard:
    """A journey of a customer with the steps that concern them."""

    uuid: UUID
    kind: str
    customer: str
    subject: str
    state: JourneyState
    trigger: str  # the fact that began it, by its name
    started_at: datetime
    ended_at: datetime | None
    steps: tuple[PlanStep, ...]


def of(customers: Collection[str], promised: Mapping[str, Collection[Pledge]]) -> dict[str, tuple[PlanCard, ...]]:
    """Every plan of each customer, newest first, given what they were promised."""
    found: dict[str, list[PlanCard]] = defaultdict(list)
    for journey in steps.of(customers):
        told = _told(journey.subject, promised.get(journey.customer, ()))
        found[journey.customer].append(_card(journey, told))
    return {customer: tuple(cards) for customer, cards in found.items()}


def dated() -> dict[str, list[object]]:
    """For SQL, as columns: of each plan and version, which step's date is told by which topic."""
    found = [(*plan, step.name, step.tells) for plan, one in DEFINITIONS.known.items() for step in one.steps]
    columns = zip(*(row for row in found if row[-1]), strict=True)
    return dict(zip(("kinds", "versions", "steps", "keys"), map(list, columns), strict=True))


def _told(subject: str, promised: Iterable[Pledge]) -> dict[str, date]:
    """The date that was told last of each topic, unless it was told since that it holds no longer."""
    stands = [
        pledge
        for pledge in promised
        if pledge.subject == subject and pledge.matter is Matter.VALUE and pledge.state is not PledgeState.MOVED
    ]
    return {pledge.key: pledge.due_on for pledge in sorted(stands, key=lambda one: one.made_at) if pledge.due_on}


def _card(journey: steps.Row, told: Mapping[str, date]) -> PlanCard:
    known = {step.name: step for step in DEFINITIONS.known[journey.kind, journey.version].steps}
    drawn = {step.name for step in journey.steps if step.state is not StepState.SPARED}
    return PlanCard(
        uuid=journey.uuid,
        kind=journey.kind,
        customer=journey.customer,
        subject=journey.subject,
        state=journey.state,
        trigger=journey.trigger,
        started_at=journey.started_at,
        ended_at=journey.ended_at,
        steps=tuple(
            PlanStep(
                name=step.name,
                department=step.department,
                state=step.state,
                expected_on=step.expected_on,
                promised_on=told.get(known[step.name].tells),
                latest_on=step.latest_on,
                closed_at=step.closed_at,
                handed_over_at=step.handed_over_at,
                is_inside=known[step.name].is_inside,
                tells=known[step.name].tells,
                after=tuple(name for name in step.after if name in drawn),
                opened_at=step.opened_at,
            )
            for step in journey.steps
            if step.name in drawn
        ),
    )
