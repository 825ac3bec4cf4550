"""What is counted, and how a period is cut."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

LONGEST = 366  # days that are looked at together


class Figure(enum.StrEnum):
    """What is counted on each day; the last ones are how things stood when the day ended."""

    PROMISES_MADE = "promises_made"
    PROMISES_KEPT = "promises_kept"
    PROMISES_MOVED = "promises_moved"
    PROMISES_BROKEN = "promises_broken"
    PROMISES_UNCONFIRMED = "promises_unconfirmed"
    CONTRADICTIONS = "contradictions"
    CONTRADICTIONS_SETTLED = "contradictions_settled"
    CONTACTS = "contacts"
    REPEATS_7 = "repeats_7"
    REPEATS_30 = "repeats_30"
    MATTERS_CLOSED = "matters_closed"
    CONTACTS_OF_CLOSED = "contacts_of_closed"
    MESSAGES_SENT = "messages_sent"
    UNDELIVERED = "undelivered"
    SLIPS_TOLD = "slips_told"
    SLIPS_BROKEN = "slips_broken"
    PLANS_DONE = "plans_done"
    PLANS_TIMED = "plans_timed"
    COMMITMENTS = "commitments"
    COMMITMENTS_KEPT = "commitments_kept"
    OPEN_PLANS_BY_AGE = "open_plans_by_age"
    OPEN_CASES_BY_AGE = "open_cases_by_age"
    OPEN_CASES = "open_cases"
    OPEN_CASES_AGE = "open_cases_age"
    WAITING_ANSWERS = "waiting_answers"
    WAITING_ANSWERS_AGE = "waiting_answers_age"


STANDING = frozenset(
    {
        *(Figure.OPEN_PLANS_BY_AGE, Figure.OPEN_CASES_BY_AGE),
        *(Figure.OPEN_CASES, Figure.OPEN_CASES_AGE, Figure.WAITING_ANSWERS, Figure.WAITING_ANSWERS_AGE),
    }
)
"""Not added up over days: of a period its last day counts."""


BUCKETS = ("4", "8", "14", "30", "365", "more")
"""Ages of what is open: up to so many days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days that are looked at together, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


def span(first: date | None, last: date | None, *, today: date) -> Span:
    """The period that was asked for; the thirty days up to today unless said, never turned round or too long."""
    end = last or today
    begin = first or end - timedelta(days=29)
    begin, end = min(begin, end), max(begin, end)
    return Span(first=max(begin, end - timedelta(days=LONGEST - 1)), last=end)


def share(part: int, of: int) -> int | None:
    """A part in whole percent, half rounded up; nothing of nothing."""
    return (200 * part + of) // (2 * of) if of else None


def fastest(percent: int, times: Mapping[int, int]) -> int | None:
    """The time within which so many percent of all were done, the fastest first; nothing of none."""
    total, done = sum(times.values()), 0
    for time in sorted(times):
        done += times[time]
        if 100 * done >= percent * total:
            return time
    return None


def tenths(total: int, of: int) -> float | None:
    """So much for each, to a tenth; nothing for none."""
    return round(total / of, 1) if of else None
