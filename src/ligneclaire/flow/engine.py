"""Move one journey through time: at each instant at which a fact arrives or a rule wants to look again. Pure.

Whatever arrives late, twice or never, the same facts at the same instants give the same steps, statements and log.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from ligneclaire.flow.plan import Heard, Plan, Says, Stands, Step, StepRow, View, Weigh
from ligneclaire.flow.states import SETTLED, JourneyState, StepState, Turn
from ligneclaire.kernel.calendar import Calendar, DayKind
from ligneclaire.kernel.canonical import canonical

SOURCE = "journeys"
WITHDRAWN = "fact.withdrawn"
INSTANT = timedelta(microseconds=1)
MOST_ROUNDS = 25  # at one instant; plans settle in a few
GOING_ON = frozenset({StepState.WAITING, StepState.OPEN})


class RulesDisagree(Exception):
    """The rules of a plan undo each other at one instant: the plan is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a journey's log."""

    at: datetime
    turn: Turn
    step: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What the plan states, or takes back, at an instant, under a name that follows from the journey.

    It is stated just after all from which it follows, even where the clock of a department is ahead of ours.
    """

    source_id: str
    kind: str
    value: object
    at: datetime
    stated_at: datetime

    def as_heard(self, number: int) -> Heard:
        """The fact that it will be."""
        return Heard(
            id=number,
            source=SOURCE,
            source_id=self.source_id,
            kind=self.kind,
            value=self.value,
            effective=None,
            at=self.stated_at,
            recorded_at=self.at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """A journey as it stands; `awaits` is when its rules want to look again."""

    uuid: UUID
    kind: str
    version: int
    customer: str
    subject: str
    trigger: str
    started_at: datetime
    state: JourneyState = JourneyState.RUNNING
    ended_at: datetime | None = None
    steps: tuple[StepRow, ...] = ()
    awaits: tuple[datetime, ...] = ()
    lines: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A journey after some time, with what it said, the new lines of its log, and the steps that are as before."""

    journey: Journey
    untouched: frozenset[StepRow]
    sayings: tuple[Saying, ...]
    lines: tuple[Line, ...]

    @property
    def is_new(self) -> bool:
        """Whether the journey began in this time."""
        return self.journey.lines == len(self.lines)


def advance(
    plan: Plan[Any],
    journey: Journey,
    heard: Sequence[Heard],
    *,
    since: datetime | None,
    until: datetime,
    terms: object,
    calendar: Calendar,
    weigh: Weigh,
) -> Moved:
    """Handle every instant after `since` and before `until`; what the plan says is heard from that instant on.

    What other journeys say it does not hear: each follows from what was stated, and from nothing else.
    """
    known = sorted((fact for fact in heard if fact.source != SOURCE or _is_own(fact, journey.uuid)), key=_order)
    run = _Run(plan=plan, journey=journey, heard=known, terms=terms, calendar=calendar, weigh=weigh)
    while run.journey.state is JourneyState.RUNNING:
        at = _next_instant(run.journey, run.heard, since)
        if at is None or at >= until:
            break
        run.look(at)
        since = at
    numbered = replace(run.journey, lines=run.journey.lines + len(run.lines))
    untouched = frozenset(journey.steps) & frozenset(numbered.steps)
    return Moved(journey=numbered, untouched=untouched, sayings=tuple(run.sayings), lines=tuple(run.lines))


def begin(plan: Plan[Any], trigger: Heard, *, uuid: UUID, customer: str, subject: str, at: datetime) -> Journey:
    """A journey that begins because of a fact; its steps follow at that instant."""
    return Journey(
        uuid=uuid,
        kind=plan.kind,
        version=plan.version,
        customer=customer,
        subject=subject,
        trigger=trigger.name,
        started_at=at,
    )


def _next_instant(journey: Journey, heard: Sequence[Heard], since: datetime | None) -> datetime | None:
    if not journey.steps:
        return journey.started_at
    instants = (*(fact.recorded_at for fact in heard), *journey.awaits)
    return min((at for at in instants if since is None or at > since), default=None)


@dataclass(kw_only=True)
class _Run:
    """One journey on its way through instants."""

    plan: Plan[Any]
    journey: Journey
    heard: list[Heard]
    terms: object
    calendar: Calendar
    weigh: Weigh
    sayings: list[Saying] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    def look(self, at: datetime) -> None:
        """Apply every rule at an instant until nothing changes any more."""
        if not self.journey.steps:
            self._note(at, Turn.STARTED, detail=self.journey.trigger)
        view = self._view(at)
        if self.plan.cancelled(view):
            self._cancel(view)
            return
        for _ in range(MOST_ROUNDS):
            before = (self.journey.steps, len(self.sayings))
            self._move(view)
            self._say(view)
            if (self.journey.steps, len(self.sayings)) == before:
                break
            view = self._view(at)
        else:
            raise RulesDisagree(f"{self.plan.kind} of {self.journey.subject} at {at.isoformat()}")
        self.journey = replace(self.journey, awaits=tuple(sorted(view.awaited)))
        if all(row.state in SETTLED for row in self.journey.steps):
            self._end(at, JourneyState.DONE, Turn.FINISHED)

    def _view(self, at: datetime) -> View[Any]:
        known = [fact for fact in self.heard if fact.recorded_at <= at]
        stands = self.weigh(known)
        return View(
            at=at,
            calendar=self.calendar,
            terms=self.terms,
            stands=stands,
            heard=known,
            steps={row.name: row for row in self.journey.steps},
            own={fact.kind: fact.value for fact in self._own(stands)},
            started_at=self.journey.started_at,
        )

    def _own(self, stands: Mapping[str, Stands]) -> list[Heard]:
        """What the plan itself stated and may still speak, in order."""
        return [fact for one in stands.values() for fact in one.said if fact.source == SOURCE]

    def _move(self, view: View[Any]) -> None:
        rows: dict[str, StepRow] = dict(view.steps)
        for step in self.plan.steps:
            rows[step.name] = self._moved(step, rows, view)
        self.journey = replace(self.journey, steps=tuple(rows.values()))

    def _moved(self, step: Step[Any], rows: Mapping[str, StepRow], view: View[Any]) -> StepRow:
        row = rows.get(step.name) or _new(step, view)
        if not step.wanted(view):
            return self._turned(row, StepState.SPARED, view)
        if closed_at := step.closed(view):
            dated = row if row.state is StepState.DONE else self._dated(step, row, rows, view)
            return self._turned(dated, StepState.DONE, view, closed_at=min(closed_at, view.at))
        return self._going_on(step, row, rows, view)

    def _going_on(self, step: Step[Any], row: StepRow, rows: Mapping[str, StepRow], view: View[Any]) -> StepRow:
        if row.state in SETTLED:
            row = self._again(row, view)
        row = self._dated(step, row, rows, view)
        if row.state is StepState.WAITING and all(rows[name].state in SETTLED for name in step.after):
            row = self._turned(row, StepState.OPEN, view)
        return self._handed_over(row, view) if row.state is StepState.OPEN else row

    def _turned(self, row: StepRow, state: StepState, view: View[Any], *, closed_at: datetime | None = None) -> StepRow:
        if row.state is state:
            return row
        turn = {StepState.SPARED: Turn.SPARED, StepState.DONE: Turn.CLOSED, StepState.OPEN: Turn.OPENED}[state]
        self._note(view.at, turn, row.name)
        opened_at = row.opened_at or (view.at if state is StepState.OPEN else None)
        return replace(row, state=state, opened_at=opened_at, closed_at=closed_at)

    def _again(self, row: StepRow, view: View[Any]) -> StepRow:
        """What had settled the step holds no longer."""
        self._note(view.at, Turn.REPEATED, row.name)
        times = row.times + (row.state is StepState.DONE)
        return replace(row, state=StepState.WAITING, opened_at=None, closed_at=None, handed_over_at=None, times=times)

    def _dated(self, step: Step[Any], row: StepRow, rows: Mapping[str, StepRow], view: View[Any]) -> StepRow:
        """A step is not expected before those that have to come first."""
        earlier = [rows[name].expected_on for name in step.after if rows[name].state not in SETTLED]
        expected_on = max([step.due(view), *earlier])
        if expected_on != row.expected_on:
            if step.name in view.steps:
                self._note(view.at, Turn.RE_DATED, row.name, f"{row.expected_on} {expected_on}")
            still_late = row.handed_over_at if expected_on < view.today else None
            row = replace(row, expected_on=expected_on, handed_over_at=still_late)
        return replace(row, latest_on=step.latest(view), department=step.department(view))

    def _handed_over(self, row: StepRow, view: View[Any]) -> StepRow:
        over = self.calendar.at(self.calendar.add(row.expected_on, 1, DayKind.CALENDAR), time(0, 0))
        if row.handed_over_at is not None or not view.has_come(over):
            return row
        self._note(view.at, Turn.HANDED_OVER, row.name, f"{row.department} {row.expected_on}")
        return replace(row, handed_over_at=view.at)

    def _say(self, view: View[Any]) -> None:
        """Keep what the plan itself states true: say it, say it anew, or take it back."""
        view = replace(view, steps={row.name: row for row in self.journey.steps})
        for says in self.plan.says:
            self._keep(says, says.value(view), view)

    def _keep(self, says: Says[Any], value: object, view: View[Any]) -> None:
        own = view.own.get(says.key)
        if value is not None and canonical(value) != canonical(own):
            self._state(says.key, value, view.at)
            self._note(view.at, Turn.STATED, detail=says.key)
        elif value is None and own is not None:
            for fact in self._own({says.key: view.stands[says.key]}):
                self._take_back(fact, view.at)

    def _take_back(self, fact: Heard, at: datetime) -> None:
        self._state(WITHDRAWN, {"fact": fact.source_id}, at)
        self._note(at, Turn.TAKEN_BACK, detail=fact.kind)

    def _state(self, kind: str, value: object, at: datetime) -> None:
        number = sum(_is_own(fact, self.journey.uuid) for fact in self.heard) + 1
        known = (fact.at for fact in self.heard if fact.recorded_at <= at and fact.source != SOURCE)
        stated_at = max(at, *known) + INSTANT
        saying = Saying(
            source_id=f"{self.journey.uuid}/{number:03}", kind=kind, value=value, at=at, stated_at=stated_at
        )
        self.sayings.append(saying)
        insort(self.heard, saying.as_heard(-number), key=_order)  # where it stands whenever it is loaded again

    def _cancel(self, view: View[Any]) -> None:
        """What was under way is not to be done any more; what the plan said and still stands, it takes back."""
        steps = tuple(
            replace(row, state=StepState.CANCELLED, closed_at=view.at) if row.state in GOING_ON else row
            for row in self.journey.steps
        )
        self.journey = replace(self.journey, steps=steps)
        for fact in self._own(view.stands):
            self._take_back(fact, view.at)
        self._end(view.at, JourneyState.CANCELLED, Turn.CANCELLED)

    def _end(self, at: datetime, state: JourneyState, turn: Turn) -> None:
        self._note(at, turn)
        self.journey = replace(self.journey, state=state, ended_at=at, awaits=())

    def _note(self, at: datetime, turn: Turn, step: str = "", detail: str = "") -> None:
        self.lines.append(Line(at=at, turn=turn, step=step, detail=detail))


def _new(step: Step[Any], view: View[Any]) -> StepRow:
    wanted = step.wanted(view)
    return StepRow(
        name=step.name,
        department=step.department(view),
        after=step.after,
        state=StepState.WAITING if wanted else StepState.SPARED,
        expected_on=step.due(view),
        latest_on=step.latest(view),
    )


def _order(fact: Heard) -> tuple[datetime, str, str]:
    return (fact.at, fact.source, fact.source_id)


def _is_own(fact: Heard, journey: UUID) -> bool:
    return fact.source == SOURCE and fact.source_id.startswith(f"{journey}/")
