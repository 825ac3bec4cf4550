"""All that happens to one subject between two instants: a journey moves, ends, and the next may begin. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from ligneclaire.flow.engine import SOURCE, Journey, Moved, advance, begin
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
        """Move the running journey, and begin another whenever something asks for one; what is done is done."""
        if any(one.state is JourneyState.DONE for one in earlier):
            return
        since, count = self.since, len(earlier)
        journey = next((one for one in earlier if one.state is JourneyState.RUNNING), None)
        while journey := journey or self._begun(plan, since, count):
            moved = advance(
                definitions.known[journey.kind, journey.version],
                replace(journey, awaits=(*journey.awaits, *self._also(since))),
                self.heard,
                since=since,
                until=self.until,
                terms=self.terms,
                calendar=self.calendar,
                weigh=self.weigh,
            )
            self.heard += [saying.as_heard(-number) for number, saying in enumerate(moved.sayings, start=1)]
            yield moved
            if moved.journey.state is not JourneyState.CANCELLED:
                return
            count += journey not in earlier
            since, journey = moved.journey.ended_at, None

    def _also(self, since: datetime | None) -> tuple[datetime, ...]:
        again_at = self.again_at
        return (again_at,) if again_at and again_at < self.until and (since is None or again_at > since) else ()

    def _begun(self, plan: Plan[Any], since: datetime | None, count: int) -> Journey | None:
        """A journey that something asked for after an instant."""
        stated = [fact for fact in self.heard if fact.source != SOURCE]
        if not any(fact.kind in plan.triggers for fact in stated):
            return None
        arrivals = (fact.recorded_at for fact in stated if since is None or fact.recorded_at > since)
        for at in sorted({*arrivals, *self._also(since)}):
            trigger = plan.begins(self.weigh([fact for fact in stated if fact.recorded_at <= at]))
            if trigger:
                uuid = uuid_of("journey", self.customer, self.subject, plan.kind, str(count))
                return begin(plan, trigger, uuid=uuid, customer=self.customer, subject=self.subject, at=at)
        return None
