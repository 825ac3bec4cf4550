"""How long an electronic contract is kept for its customer."""

from __future__ import annotations

from datetime import date

from ligneclaire import law
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.kernel.money import Money


def kept_until(total: Money, *, concluded_on: date, ended_on: date, calendar: Calendar = law.FRANCE) -> date | None:
    """The last day on which the contract can be asked for; None where its total is too small for that duty."""
    if total < law.value("TER-27.from_amount", on=concluded_on, country=calendar.country).of(Money):
        return None
    return law.last_day("TER-27.keep", after=ended_on, calendar=calendar)
