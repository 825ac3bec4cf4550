"""A plan as lanes: each department's steps from the day they opened to the day they end, on one line of time. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from ligneclaire.flow.states import StepState
from ligneclaire.journeys.queries.plans import PlanCard, PlanStep
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.voice.wording.plans import DrawnPlan, DrawnStep

AHEAD = (StepState.WAITING, StepState.OPEN)
MOST_TICKS = 7
EVERY = (1, 2, 7, 14, 28, 56, 112, 364)  # days between two ticks; from a week on, they stand on Mondays
MARGIN = 20  # the twentieth part of the time, before the first and after the last day


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A step on the line of time; places are percentages of its length, as SVG writes them."""

    drawn: DrawnStep
    starts: str
    ends: str
    length: str  # from where it opened to where it ends; empty for what is a dot only
    overrun: str  # from where it was to end to today; empty unless it is late
    overruns_from: str
    promised: str  # where the date stands that was told, while it is not over
    is_late: bool
    waits_for: tuple[str, ...]  # of the steps before it, those that are not over


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """The steps of a department, in the order of the plan."""

    who: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A day that is named above the lanes."""

    day: date
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A plan as lanes, and the same steps in the order of their days."""

    uuid: UUID
    plan: DrawnPlan
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    today: str  # empty where that is not on the line
    by_date: tuple[Bar, ...]

    @property
    def ahead(self) -> Bar | None:
        """The next step that is to end."""
        return next((bar for bar in self.by_date if bar.drawn.state in AHEAD), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line of time."""

    first: date
    last: date

    def place(self, day: date) -> str:
        """Where a day stands on it."""
        return _percent((day - self.first).days, self._days)

    def length(self, begin: date, end: date) -> str:
        """How long it is from a day to a later one; nothing for no time."""
        return _percent((end - begin).days, self._days) if end > begin else ""

    @property
    def _days(self) -> int:
        return (self.last - self.first).days


def drawing(card: PlanCard, plan: DrawnPlan, *, today: date, calendar: Calendar) -> Drawing:
    """Lay a plan out, given its lines as an adviser reads them."""
    line = _line(card, today, calendar)
    over = {step.name for step in card.steps if step.closed_at is not None}
    bars = [
        _bar(step, drawn, line, over, today=today, calendar=calendar)
        for step, drawn in zip(card.steps, plan.steps, strict=True)
    ]
    days = [end_of(step, calendar) for step in card.steps]
    return Drawing(
        uuid=card.uuid,
        plan=plan,
        lanes=tuple(
            Lane(who=who, bars=tuple(bar for bar in bars if bar.drawn.who == who))
            for who in dict.fromkeys(step.who for step in plan.steps)
        ),
        ticks=tuple(Tick(day=day, place=line.place(day)) for day in _ticks(line)),
        today=line.place(today) if line.first <= today <= line.last else "",
        by_date=tuple(bar for _day, bar in sorted(zip(days, bars, strict=True), key=lambda pair: pair[0])),
    )


def is_late(step: PlanStep, today: date) -> bool:
    """Whether it is somebody's turn whose day, expected or promised, has passed."""
    due = min(step.expected_on, step.promised_on or step.expected_on)
    return step.state is StepState.OPEN and (due < today or step.handed_over_at is not None)


def end_of(step: PlanStep, calendar: Calendar) -> date:
    """The day of a step: when it was over, or when we expect that."""
    return calendar.date_of(step.closed_at) if step.closed_at else step.expected_on


def _bar(step: PlanStep, drawn: DrawnStep, line: _Line, over: Iterable[str], *, today: date, calendar: Calendar) -> Bar:
    end, late = end_of(step, calendar), is_late(step, today)
    start = calendar.date_of(step.opened_at) if step.opened_at else end
    names = dict(zip(step.after, drawn.after, strict=True))
    return Bar(
        drawn=drawn,
        starts=line.place(min(start, end)),
        ends=line.place(end),
        length=line.length(min(start, end), end),
        overrun=line.length(end, today) if late else "",
        overruns_from=line.place(end),
        promised=line.place(step.promised_on) if step.promised_on and not step.closed_at else "",
        is_late=late,
        waits_for=() if step.closed_at else tuple(name for key, name in names.items() if key not in over),
    )


def _line(card: PlanCard, today: date, calendar: Calendar) -> _Line:
    days = [calendar.date_of(card.started_at)] if card.ended_at else [calendar.date_of(card.started_at), today]
    days += [end_of(step, calendar) for step in card.steps]
    days += [step.promised_on for step in card.steps if step.promised_on and not step.closed_at]
    margin = timedelta(days=(max(days) - min(days)).days // MARGIN + 1)
    return _Line(first=min(days) - margin, last=max(days) + margin)


def _ticks(line: _Line) -> Sequence[date]:
    span = (line.last - line.first).days
    step = next((days for days in EVERY if span <= days * MOST_TICKS), EVERY[-1])
    first = line.first + timedelta(days=(1 - line.first.toordinal()) % step)  # the first day of all was a Monday
    return [first + timedelta(days=days) for days in range(0, (line.last - first).days + 1, step)]


def _percent(part: int, of: int) -> str:
    return f"{100 * part / of:.2f}%"
