"""What is due, at least, to a customer whose number came late or was lost, or whom a technician let wait."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from ligneclaire import law
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.kernel.money import Money, Rounding


def late(price: Money, days: int, *, on: date, country: str = "FR") -> Money:
    """For so many days in which a ported number or a switched access did not work yet."""
    return _share(price, days, "POR-12.late_per_day", on, country)


def missed_appointment(price: Money, days: int, *, on: date, country: str = "FR") -> Money:
    """For so many days after an appointment of a port or switch to which nobody came; others go by the contract."""
    return _share(price, days, "POR-12.missed_appointment_per_day", on, country)


def number_lost(price: Money, *, on: date, country: str = "FR") -> Money:
    """For a number that was lost."""
    return _share(price, 1, "POR-12.lost_number", on, country)


def prepaid_price(credit: Money, valid_days: int, *, on: date, country: str = "FR") -> Money:
    """The monthly price of a prepaid line: its credit for the days that a month is said to have."""
    if valid_days <= 0:
        raise ValueError(f"a credit is valid for a day at least: {valid_days}")
    days = law.value("POR-12.prepaid_days", on=on, country=country).of(int)
    return credit.share(Fraction(days, valid_days), rounding=Rounding.UP)


def pay_by(requested_on: date, *, calendar: Calendar = law.FRANCE) -> date:
    """The last day to pay, from the day on which the customer asked."""
    return law.last_day("POR-12.pay_days", after=requested_on, calendar=calendar)


def _share(price: Money, times: int, rule: str, on: date, country: str) -> Money:
    if price.minor < 0 or times < 0:
        raise ValueError(f"neither price nor days are negative: {price}, {times}")
    return price.share(times * law.value(rule, on=on, country=country).of(Fraction), rounding=Rounding.UP)
