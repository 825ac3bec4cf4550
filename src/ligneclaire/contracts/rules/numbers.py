"""A number after its contract: in quarantine, portable for most of it, then free for someone else; and the mailbox."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from ligneclaire import law
from ligneclaire.kernel.calendar import Calendar


class NumberState(StrEnum):
    """Where a number is in its life."""

    ACTIVE = "active"
    QUARANTINE = "quarantine"
    FREE = "free"


def portable_until(ended_on: date, *, calendar: Calendar = law.FRANCE) -> date:
    """The last day on which a number can be ported out after its contract ended."""
    return max(
        law.last_day(rule, after=ended_on, calendar=calendar) for rule in ("TER-23.port_days", "TER-23.port_months")
    )


def reusable_from(ended_on: date, *, calendar: Calendar = law.FRANCE) -> date:
    """The first day on which a number may be given to someone else."""
    return law.last_day("TER-23.reuse_after_days", after=ended_on, calendar=calendar)


def reusable_by(ended_on: date, *, calendar: Calendar = law.FRANCE) -> date:
    """The last day by which a number must be free for someone else."""
    return law.last_day("TER-23.reuse_until_days", after=ended_on, calendar=calendar)


def may_port(ended_on: date | None, on: date, *, calendar: Calendar = law.FRANCE) -> bool:
    """Tell whether a number can be ported out on a day; without an end its contract goes on."""
    return ended_on is None or on <= portable_until(ended_on, calendar=calendar)


def may_reassign(ended_on: date | None, on: date, *, calendar: Calendar = law.FRANCE) -> bool:
    """Tell whether a number may be given to someone else on a day."""
    return ended_on is not None and on >= reusable_from(ended_on, calendar=calendar)


def state(ended_on: date | None, on: date, *, calendar: Calendar = law.FRANCE) -> NumberState:
    """Where a number is on a day; on its last day the contract still runs."""
    if ended_on is None or on <= ended_on:
        return NumberState.ACTIVE
    return NumberState.FREE if may_reassign(ended_on, on, calendar=calendar) else NumberState.QUARANTINE


def mailbox_until(ended_on: date, *, calendar: Calendar = law.FRANCE) -> date:
    """The last day on which mail to an address that we gave can be read."""
    return law.last_day("TER-22", after=ended_on, calendar=calendar)
