"""When a contract ends that the customer terminates."""

from __future__ import annotations

from datetime import date

from ligneclaire import law
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.kernel.refusal import Refused


class WishedBeforeReceipt(Refused):
    """The day wished for was over when the request came."""


def latest_on(received_on: date, *, calendar: Calendar = law.FRANCE) -> date:
    """The last day of notice, unless the customer asks for a later one."""
    return law.last_day("TER-01", after=received_on, calendar=calendar)


def ends_on(
    received_on: date,
    *,
    wished_on: date | None = None,
    accepts_earlier: bool = False,
    calendar: Calendar = law.FRANCE,
) -> date:
    """The end: as wished where that is later, or earlier and the provider accepts it; else when the notice is over."""
    latest = latest_on(received_on, calendar=calendar)
    if wished_on is None:
        return latest
    if wished_on < received_on:
        raise WishedBeforeReceipt(wished_on=wished_on, received_on=received_on)
    return wished_on if wished_on > latest or accepts_earlier else latest
