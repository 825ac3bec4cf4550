"""What is given back at the end of a contract, by when, and what being late costs."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from ligneclaire import law
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.kernel.money import Money, Rounding


def deposit_due_on(received_on: date, *, calendar: Calendar = law.FRANCE) -> date:
    """The last day to give a deposit back, from the day on which the equipment came back."""
    return law.last_day("TER-19.deposit_days", after=received_on, calendar=calendar)


def advance_due_on(last_bill_paid_on: date, *, calendar: Calendar = law.FRANCE) -> date:
    """The last day to give an advance payment back, from the day on which the last bill was paid."""
    return law.last_day("TER-19.advance_days", after=last_bill_paid_on, calendar=calendar)


def payable(amount: Money, *, due_on: date, paid_on: date, country: str = "FR") -> Money:
    """What is paid on a day: half as much again once it is late, however late."""
    if amount.minor < 0:
        raise ValueError(f"amount: a refund is not negative: {amount}")
    if paid_on <= due_on:
        return amount
    return amount.share(law.value("TER-20", on=due_on, country=country).of(Fraction), rounding=Rounding.UP)


def prepaid(credit: Money, *, is_asked: bool, fee: Money | None = None, clause: str = "") -> Money:
    """What is given back of a prepaid credit: all of it when asked, less a fee only where a clause names one."""
    if not is_asked or credit.minor <= 0:
        return credit * 0
    return credit - min(fee, credit) if fee is not None and clause else credit
