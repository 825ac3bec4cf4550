"""What the end of a contract does to its lines: the number rests (TER-23), everything else is free for others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from ligneclaire.contracts.rules import numbers
from ligneclaire.flow.engine import Moved
from ligneclaire.flow.states import StepState, Turn
from ligneclaire.journeys.plans import keys
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.kernel.ref import Ref
from ligneclaire.network.actions.end_line import end_line
from ligneclaire.network.actions.release_resource import Quarantine, TakenAlong
from ligneclaire.network.queries import lines

RELEASE = "release_line"
INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A contract whose line is no longer ours: since when, seen at which instant, and whether the number went along."""

    customer: str
    contract: str
    since: datetime
    seen_at: datetime
    is_taken_over: bool


def end_lines(moved: Iterable[Moved], *, calendar: Calendar) -> frozenset[str]:
    """End the lines of contracts whose step to release them is closed now; return whose. Again changes nothing."""
    left = {str(one.contract): one for one in _left(moved)}
    theirs = lines.of_contracts(left) if left else ()
    return frozenset(
        line.customer
        for line in theirs
        if line.customer == left[line.contract].customer and _end(line.code, left[line.contract], calendar)
    )


def _left(moved: Iterable[Moved]) -> Iterator[Left]:
    for one in moved:
        row = next((row for row in one.journey.steps if row.name == RELEASE), None)
        closed = [line.at for line in one.lines if line.step == RELEASE and line.turn is Turn.CLOSED]
        if row is None or not closed:
            continue
        yield Left(
            customer=one.journey.customer,
            contract=Ref.parse(one.journey.subject).number,
            since=row.closed_at if row.state is StepState.DONE and row.closed_at else closed[-1],
            seen_at=closed[-1],
            is_taken_over=row.department == keys.THIRD_PARTY,
        )


def _end(line: str, left: Left, calendar: Calendar) -> bool:
    ended_on = calendar.date_of(left.since - INSTANT)  # the last day on which it was theirs
    again_from = numbers.reusable_from(ended_on, calendar=calendar)
    rests = TakenAlong() if left.is_taken_over else Quarantine(until=calendar.at(again_from, time(0, 0)))
    return end_line(line=line, ended_on=ended_on, number_rests=rests, because=left.contract, by=SYSTEM, at=left.seen_at)
