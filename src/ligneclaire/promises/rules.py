"""What becomes of a promise: kept, moved in time, broken, or passed without anybody saying."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from uuid import UUID

from ligneclaire.kernel.calendar import Calendar, DayKind


class PledgeState(enum.StrEnum):
    """Where a promise stands."""

    OPEN = "open"
    """Told, and its day has not passed."""
    KEPT = "kept"
    """A fact proves that it happened in time."""
    MOVED = "moved"
    """Another value was told before its day."""
    BROKEN = "broken"
    """It happened, or something else was told, after its day; or we did not tell what we said we would."""
    UNCONFIRMED = "unconfirmed"
    """Its day passed and nobody said anything: work for the owner, no message. Evidence may still come."""


class SpokenState(enum.StrEnum):
    """Where a promise stands that somebody made in their own words."""

    OPEN = "open"
    """Given; also when its day has passed and nobody has said what came of it."""
    KEPT = "kept"
    """Done by its day."""
    MOVED = "moved"
    """The customer was told another day before it had passed."""
    BROKEN = "broken"
    """Done, or moved, after its day."""


def kept(*, due_on: date, done_on: date) -> SpokenState:
    """What doing a thing on a day makes of the promise to do it by another."""
    return SpokenState.KEPT if done_on <= due_on else SpokenState.BROKEN


def moved(*, due_on: date, told_on: date) -> SpokenState:
    """What telling another day makes of the first one."""
    return SpokenState.MOVED if told_on <= due_on else SpokenState.BROKEN


class Matter(enum.StrEnum):
    """What was promised: that something is so, or that it will be told."""

    VALUE = "value"
    TELLING = "telling"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pledge:
    """A date or an amount that we told a customer; due at the end of `due_on`, without date when None."""

    subject: str
    key: str
    matter: Matter
    value: object
    due_on: date | None
    made_by: UUID
    made_at: datetime
    state: PledgeState = PledgeState.OPEN
    closed_at: datetime | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether evidence can still change it."""
        return self.state is PledgeState.OPEN or self.state is PledgeState.UNCONFIRMED

    def expires_at(self, calendar: Calendar) -> datetime | None:
        """First instant after the day on which it was due."""
        if self.due_on is None or self.state is not PledgeState.OPEN:
            return None
        return calendar.at(calendar.add(self.due_on, 1, DayKind.CALENDAR), time(0, 0))


def expire(pledge: Pledge, *, calendar: Calendar, at: datetime) -> Pledge:
    """Close a promise whose day has passed: of what we do ourselves we know that it is broken."""
    expires_at = pledge.expires_at(calendar)
    if expires_at is None or at < expires_at:
        return pledge
    state = PledgeState.BROKEN if pledge.matter is Matter.TELLING else PledgeState.UNCONFIRMED
    return replace(pledge, state=state, closed_at=at)


def prove(pledge: Pledge, *, happened_on: date, at: datetime) -> Pledge:
    """Close a promise by evidence of what happened, and when."""
    if not pledge.is_waiting:
        return pledge
    late = pledge.due_on is not None and happened_on > pledge.due_on
    return replace(pledge, state=PledgeState.BROKEN if late else PledgeState.KEPT, closed_at=at)


def retell(pledge: Pledge, *, told_on: date, at: datetime) -> Pledge:
    """Close a promise because something else was told: moved before its day, or broken after it."""
    if not pledge.is_waiting:
        return pledge
    late = pledge.due_on is not None and told_on > pledge.due_on
    return replace(pledge, state=PledgeState.BROKEN if late else PledgeState.MOVED, closed_at=at)
