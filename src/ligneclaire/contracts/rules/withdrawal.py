"""Withdrawing from a new contract: until when, what is paid, what comes back, what falls with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from ligneclaire import law
from ligneclaire.kernel.calendar import Calendar, DayKind
from ligneclaire.kernel.money import Money, Rounding

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewContract:
    """What decides how long a customer may withdraw; `informed_on` is when they were told of that right, if at all."""

    concluded_on: date
    informed_on: date | None
    has_goods: bool = False
    goods_received_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """What a customer paid: the price, the delivery they chose, and what the standard one would have cost."""

    price: Money
    delivery: Money
    standard_delivery: Money


def last_day(contract: NewContract, *, calendar: Calendar = law.FRANCE) -> date | None:
    """The last day to withdraw; None while the goods are still to come, for then the time has not begun."""
    start = contract.goods_received_on if contract.has_goods else contract.concluded_on
    if start is None:
        return None
    ordinary = _deadline("WDR-01", start, calendar)
    if contract.informed_on is not None and contract.informed_on <= start:
        return ordinary
    longest = calendar.next_day(law.last_day("WDR-02.extension", after=ordinary, calendar=calendar), DayKind.OUVRE)
    if contract.informed_on is None:
        return longest
    return min(_deadline("WDR-02.late_days", contract.informed_on, calendar), longest)


def may_withdraw(contract: NewContract, *, on: date, calendar: Calendar = law.FRANCE) -> bool:
    """Tell whether the customer may withdraw on a day, from the day of the contract on."""
    last = last_day(contract, calendar=calendar)
    return contract.concluded_on <= on and (last is None or on <= last)


def refund_due_on(
    told_on: date,
    *,
    has_goods: bool = False,
    goods_back_on: date | None = None,
    sending_proved_on: date | None = None,
    calendar: Calendar = law.FRANCE,
) -> date | None:
    """The last day to refund; put off until goods are back or proved to be sent, None while neither has happened."""
    due = law.last_day("WDR-03", after=told_on, calendar=calendar)
    if not has_goods:
        return due
    seen = [day for day in (goods_back_on, sending_proved_on) if day is not None]
    return max(due, min(seen)) if seen else None


def refund(paid: Paid) -> Money:
    """What is refunded: everything but what a dearer delivery than the standard one cost more."""
    return paid.price + min(paid.delivery, paid.standard_delivery)


def may_refund_by(means: str, *, paid_by: str, expressly_agreed: bool) -> bool:
    """Tell whether a refund may go by this means of payment: that of the payment, or one expressly agreed."""
    return means == paid_by or expressly_agreed


def return_goods_by(told_on: date, *, calendar: Calendar = law.FRANCE) -> date:
    """The last day for the customer to send the goods back."""
    return _deadline("WDR-04", told_on, calendar)


def return_cost(cost: Money, *, was_told: bool) -> Money:
    """What the customer pays to send goods back: the direct cost, nothing if they had not been told."""
    return cost if was_told else cost * 0


def service_due(monthly: Money, *, days_used: int, days_in_month: int, asked_expressly: bool) -> Money:
    """What is due for a service used before withdrawing: by the day, nothing without a record of an express request."""
    if not 0 <= days_used <= days_in_month:
        raise ValueError(f"days_used: {days_used} of {days_in_month}")
    if not asked_expressly:
        return monthly * 0
    return monthly.share(Fraction(days_used, days_in_month), rounding=Rounding.DOWN)


def falls_with(contract: str, *, accessory_to: Mapping[str, str]) -> tuple[str, ...]:
    """The contracts that end with one, each accessory to it or to another that falls."""
    fallen = {contract}
    while more := {each for each, principal in accessory_to.items() if principal in fallen} - fallen:
        fallen |= more
    return tuple(sorted(fallen - {contract}))


def earliest_port_on(
    contract: NewContract, *, at_distance: bool, waived_on: date | None = None, calendar: Calendar = law.FRANCE
) -> date | None:
    """The first day on which a number may be ported in: after the time of withdrawal, or from its waiver."""
    if not at_distance:
        return contract.concluded_on
    if waived_on is not None:
        return waived_on
    last = last_day(contract, calendar=calendar)
    return None if last is None else last + ONE_DAY


def _deadline(rule: str, start: date, calendar: Calendar) -> date:
    return calendar.deadline(start, law.value(rule, on=start, country=calendar.country).of(int))
