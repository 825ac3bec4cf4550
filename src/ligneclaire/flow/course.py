"""All that happens to one subject between two instants: a journey moves, ends, and the next may begin. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from ligneclaire.flow.engine import SOURCE, WITHDRAWN, Journey, Moved, advance, begin
from ligneclaire.flow.plan import Heard, Plan, Weigh
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
        since, count, finished = self.since, len(earlier), _finished(earlier)
        if finished and not plan.repeats:
            return
        journey = next((one for one in earlier if one.state is JourneyState.RUNNING), None)
        while journey := journey or self._begun(plan, since, count, finished):
            moved = self._moved(definitions.known[journey.kind, journey.version], journey, since)
            yield moved
            finished = _finished([moved.journey]) or finished
            if moved.journey.ended_at is None or (finished and not plan.repeats):
                return
            count += journey not in earlier
            since, journey = moved.journey.ended_at, None

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
        began = next((fact for fact in self.heard if f"{fact.source}/{fact.source_id}" == journey.trigger), None)
        if not plan.repeats or began is None:
            return self.heard
        return [fact for fact in self.heard if fact.at >= began.at or fact.kind == WITHDRAWN]

    def _begun(self, plan: Plan[Any], since: datetime | None, count: int, finished: datetime | None) -> Journey | None:
        """A journey that something asked for after an instant, and after the last one was finished."""
        stated = [fact for fact in self.heard if fact.source != SOURCE]
        if not any(fact.kind in plan.triggers for fact in stated):
            return None
        for at in self._arrivals(stated, since):
            trigger = plan.begins(self.weigh([fact for fact in stated if fact.recorded_at <= at]))
            if trigger and (finished is None or trigger.at > finished):
                uuid = uuid_of("journey", self.customer, self.subject, plan.kind, str(count))
                return begin(plan, trigger, uuid=uuid, customer=self.customer, subject=self.subject, at=at)
        return None

    def _arrivals(self, stated: Sequence[Heard], since: datetime | None) -> list[datetime]:
        arrivals = (fact.recorded_at for fact in stated if since is None or fact.recorded_at > since)
        return sorted({*arrivals, *self._also(since)})


def _finished(journeys: Sequence[Journey]) -> datetime | None:
    """When the last of these was done."""
    ended = [one.ended_at for one in journeys if one.state is JourneyState.DONE and one.ended_at]
    return max(ended, default=None)
