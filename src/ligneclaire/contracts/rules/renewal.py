"""Commitments that renew themselves: when the customer is told, and how they leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ligneclaire import law
from ligneclaire.kernel.calendar import Calendar


class Renewed(StrEnum):
    """What renews itself, by the rule that holds for it."""

    TELECOM = "TER-14"
    OTHER_SERVICE = "TER-26"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Days from the first to the last, both included."""

    first: date
    last: date

    def __contains__(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last


def told_within(renews_on: date, what: Renewed, *, calendar: Calendar = law.FRANCE) -> Window:
    """The days within which the customer is told of a renewal."""
    return Window(
        first=law.first_day(f"{what}.inform_from", before=renews_on, calendar=calendar),
        last=law.first_day(f"{what}.inform_until", before=renews_on, calendar=calendar),
    )


def may_leave(
    renews_on: date, what: Renewed, *, on: date, told_on: date | None, calendar: Calendar = law.FRANCE
) -> bool:
    """Tell whether what renewed itself can be left at any time, free: telecom always, another if not told in time."""
    if on < renews_on:
        return False
    return what is Renewed.TELECOM or told_on not in told_within(renews_on, what, calendar=calendar)


def ends_on(received_on: date, *, calendar: Calendar = law.FRANCE) -> date:
    """The last day of notice of a telecom contract that had renewed itself."""
    return law.last_day("TER-14.notice_days", after=received_on, calendar=calendar)


def refund_due_on(left_on: date, *, calendar: Calendar = law.FRANCE) -> date:
    """The last day to give back what was paid for another service beyond the day on which it was left."""
    return law.last_day("TER-26.refund_days", after=left_on, calendar=calendar)


def advice_due_on(last_given_on: date, *, calendar: Calendar = law.FRANCE) -> date:
    """The last day for the next advice on the best tariff."""
    return law.last_day("TER-14.best_tariff_every", after=last_given_on, calendar=calendar)
