"""What somebody may know who is not the customer, and what a check of identity allows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ligneclaire.people.states import May, Proof

FAILED_TOO_OFTEN = 3
"""Checks that failed on one day, from which on whoever opens the record is warned."""

LASTS = timedelta(hours=1)
"""How long a check holds for whoever made it; the next call is another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """The days for which somebody is authorised; without an end until it is withdrawn."""

    start: date
    end: date | None  # the first day on which they are no longer


def covers(may: Collection[May], what: May) -> bool:
    """Whether somebody may know of something and ask for it."""
    return May.EVERYTHING in may or what in may


def tidy(may: Collection[May]) -> tuple[May, ...]:
    """The same in one order; whoever may everything needs nothing else."""
    return (May.EVERYTHING,) if May.EVERYTHING in may else tuple(one for one in May if one in may)


def is_passed(proof: Proof) -> bool:
    """Whether they are who they say."""
    return proof is not Proof.FAILED


def is_recent(checked_at: datetime, *, at: datetime) -> bool:
    """Whether a check may still be of the same call or visit."""
    return at - checked_at < LASTS
