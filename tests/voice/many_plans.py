"""The plans of a customer as rows in the database, and as the pure course makes them of the same facts in one go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import partial
from uuid import UUID

from ligneclaire.contracts.queries import household
from ligneclaire.flow.course import Course
from ligneclaire.flow.engine import SOURCE, Journey, Line, Moved
from ligneclaire.flow.models import Journey as JourneyRow
from ligneclaire.flow.models import Line as LineRow
from ligneclaire.flow.models import Step, Timer
from ligneclaire.flow.plan import Heard, StepRow
from ligneclaire.flow.states import JourneyState, StepState
from ligneclaire.journeys.plans import DEFINITIONS
from ligneclaire.journeys.terms import terms_of
from ligneclaire.kernel.canonical import canonical
from ligneclaire.voice.queries import rules
from ligneclaire.voice.rules.state import WITHDRAWAL, Stated
from ligneclaire.voice.rules.weigh import weigh


@dataclass(frozen=True)
class Plans:
    """Journeys with their steps and timers, their logs, and what they stated, each at its instant."""

    journeys: Sequence[Journey]
    logs: Mapping[UUID, Sequence[Line]]
    stated: Collection[object]


def by_the_course(number: str, facts: Iterable[Stated], *, until: datetime) -> Plans:
    """What comes of the facts of departments and of what was said, looked at a single time."""
    moved = list(_courses(number, [fact for fact in facts if not _is_of_a_plan(fact, number)], until))
    return Plans(
        journeys=sorted((one.journey for one in moved), key=_order),
        logs={one.journey.uuid: list(one.lines) for one in moved},
        stated={
            (one.journey.subject, saying.source_id, saying.kind, canonical(saying.value), saying.stated_at, saying.at)
            for one in moved
            for saying in one.sayings
        },
    )


def by_the_rows(number: str, facts: Iterable[Stated]) -> Plans:
    """What stands in the database."""
    logs: dict[UUID, list[Line]] = defaultdict(list)
    journeys = [_journey(row) for row in JourneyRow.objects.filter(customer=number)]
    for row in LineRow.objects.filter(journey__uuid__in=[one.uuid for one in journeys]).order_by("journey", "number"):
        assert row.number == len(logs[row.journey_id]), "lines are numbered without a gap"
        logs[row.journey_id].append(Line(**{field.name: getattr(row, field.name) for field in fields(Line)}))
    return Plans(
        journeys=sorted(journeys, key=_order),
        logs=dict(logs),
        stated={
            (fact.subject, fact.source_id, fact.kind, canonical(fact.value), fact.at, fact.recorded_at)
            for fact in facts
            if _is_of_a_plan(fact, number)
        },
    )


def _courses(number: str, facts: Sequence[Stated], until: datetime) -> Iterator[Moved]:
    current = rules.current()
    for (customer, subject), terms in terms_of(household.of([number])).items():
        course = Course(
            customer=customer,
            subject=subject,
            heard=[_heard(fact) for fact in facts if fact.subject == subject or fact.kind == WITHDRAWAL],
            since=None,
            until=until,
            terms=terms,
            calendar=current.calendar,
            weigh=partial(weigh, rules=current),
        )
        yield from course.follow(DEFINITIONS, ())


def _heard(fact: Stated) -> Heard:
    return Heard(
        id=fact.id,
        source=fact.source,
        source_id=fact.source_id,
        kind=fact.kind,
        value=fact.value,
        effective=fact.effective,
        at=fact.at,
        recorded_at=fact.recorded_at,
    )


def _is_of_a_plan(fact: Stated, number: str) -> bool:
    """Whether a plan stated it; schedules state under the same source, with ids that begin with the customer."""
    return fact.source == SOURCE and not fact.source_id.startswith(number)


def _journey(row: JourneyRow) -> Journey:
    timers = Timer.objects.filter(journey__uuid=row.uuid).order_by("due_at").values_list("due_at", flat=True)
    steps = Step.objects.filter(journey__uuid=row.uuid).order_by("place")
    return Journey(
        uuid=row.uuid,
        kind=row.kind,
        version=row.version,
        customer=row.customer,
        subject=row.subject,
        trigger=row.trigger,
        started_at=row.started_at,
        state=JourneyState(row.state),
        ended_at=row.ended_at,
        steps=tuple(_step(step) for step in steps),
        awaits=tuple(timers),
        lines=row.lines,
    )


def _step(row: Step) -> StepRow:
    kept = {field.name: getattr(row, field.name) for field in fields(StepRow)}
    return StepRow(**kept | {"after": tuple(row.after), "state": StepState(row.state)})


def _order(journey: Journey) -> tuple[str, datetime, str]:
    return (journey.subject, journey.started_at, str(journey.uuid))
