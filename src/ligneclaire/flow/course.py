"""All that happens to one subject between two instants: a journey moves, ends, and the next may begin. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from ligneclaire.flow.engine import INSTANT, SOURCE, WITHDRAWN, Journey, Moved, advance, begin
from ligneclaire.flow.plan import Heard, Plan, Stands, Weigh
from ligneclaire.flow.states import JourneyState
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.kernel.ref import uuid_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Definitions:
    """The plans of which one may begin now, and every version that a running journey may have begun with."""

    current: tuple[Plan[Any], ...]
    known: Mapping[tuple[str, int], Plan[Any]]


@dataclass(kw_only=True)
class Course:
    """One subject of a customer: what is heard of it, what was agreed, and the instants to handle."""

    customer: str
    subject: str
    heard: list[Heard]
    since: datetime | None
    until: datetime
    terms: object
    calendar: Calendar
    weigh: Weigh
    again_at: datetime | None = None  # an instant to look at besides, after which an older fact may be heard

    def follow(self, definitions: Definitions, earlier: Sequence[Journey]) -> Iterator[Moved]:
        """Move the journeys of every kind."""
        for plan in definitions.current:
            yield from self._follow(plan, definitions, [one for one in earlier if one.kind == plan.kind])

    def _follow(self, plan: Plan[Any], definitions: Definitions, earlier: Sequence[Journey]) -> Iterator[Moved]:
        """Move the running journey, and begin another whenever something asks for one.

        What is done is done; of a plan that repeats, something later may ask for another.
        """
        since, done = self.since, [*earlier]
        journey = next((one for one in earlier if one.state is JourneyState.RUNNING), None)
        while journey := journey or self._begun(plan, since, done):
            moved = self._moved(definitions.known[journey.kind, journey.version], journey, since)
            yield moved
            if moved.journey.ended_at is None:
                return
            done = [*(one for one in done if one.uuid != journey.uuid), moved.journey]
            since, journey = moved.journey.ended_at - INSTANT, None  # what ended it may ask for another

    def _moved(self, plan: Plan[Any], journey: Journey, since: datetime | None) -> Moved:
        """Move a journey up to the end; what it says is heard from then on."""
        moved = advance(
            plan,
            replace(journey, awaits=(*journey.awaits, *self._also(since))),
            self._heard_by(journey, plan),
            since=since,
            until=self.until,
            terms=self.terms,
            calendar=self.calendar,
            weigh=self.weigh,
        )
        self.heard += [saying.as_heard(-number) for number, saying in enumerate(moved.sayings, start=1)]
        return moved

    def _also(self, since: datetime | None) -> tuple[datetime, ...]:
        again_at = self.again_at
        return (again_at,) if again_at and again_at < self.until and (since is None or again_at > since) else ()

    def _heard_by(self, journey: Journey, plan: Plan[Any]) -> list[Heard]:
        """What a journey hears: all of its subject, or what was said since the fact that began it."""
        began = next((fact for fact in self.heard if fact.name == journey.trigger), None)
        if plan.again is None or began is None:
            return self.heard
        always = plan.context | {WITHDRAWN}
        return [fact for fact in self.heard if fact.at >= began.at or fact.kind in always]

    def _begun(self, plan: Plan[Any], since: datetime | None, done: Sequence[Journey]) -> Journey | None:
        """A journey that something asked for after an instant, and that no finished one has heard of."""
        stated = [fact for fact in self.heard if fact.source != SOURCE]
        if not any(fact.kind in plan.triggers for fact in stated):
            return None
        for at in self._arrivals(stated, since):
            stands = self.weigh([fact for fact in stated if fact.recorded_at <= at])
            trigger = plan.begins(stands)
            if trigger and _is_new(plan, trigger, stands, done):
                uuid = uuid_of("journey", self.customer, self.subject, plan.kind, str(len(done)))
                return begin(plan, trigger, uuid=uuid, customer=self.customer, subject=self.subject, at=at)
        return None

    def _arrivals(self, stated: Sequence[Heard], since: datetime | None) -> list[datetime]:
        arrivals = (fact.recorded_at for fact in stated if since is None or fact.recorded_at > since)
        return sorted({*arrivals, *self._also(since)})


def _is_new(plan: Plan[Any], trigger: Heard, stands: Mapping[str, Stands], done: Sequence[Journey]) -> bool:
    """Whether nothing was finished yet, or something asks for another that no finished one has heard of."""
    finished = max((one.ended_at for one in done if one.state is JourneyState.DONE and one.ended_at), default=None)
    if finished is None:
        return True
    is_heard = trigger.recorded_at < finished or trigger.name in {one.trigger for one in done}
    return plan.again is not None and not is_heard and plan.again(stands)
