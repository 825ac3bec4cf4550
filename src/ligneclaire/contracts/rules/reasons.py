"""Reasons to leave before the end of a commitment, their proofs, and what they spare."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ligneclaire import law
from ligneclaire.kernel.calendar import Calendar, add_months
from ligneclaire.kernel.money import Money


class Reason(StrEnum):
    """Why someone leaves early."""

    DISMISSAL = "dismissal"
    FORCE_MAJEURE_DEATH = "force_majeure_death"
    FORCE_MAJEURE_HOSPITAL = "force_majeure_hospital"
    FORCE_MAJEURE_PRISON = "force_majeure_prison"
    UNREACHABLE_AFTER_MOVE = "unreachable_after_move"
    MOVE_ABROAD = "move_abroad"
    OVER_INDEBTEDNESS = "over_indebtedness"
    PERFORMANCE_GAP = "performance_gap"
    PRICE_CHANGE = "price_change"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a reason asks and gives: proofs by their codes, free of fees once proved, or looked at by a person."""

    reason: Reason
    proofs: tuple[str, ...]
    may_ask: tuple[str, ...]
    exempts: bool
    needs_review: bool


def grounds(*, on: date, country: str = "FR") -> tuple[Ground, ...]:
    """Every reason, in the order in which it is offered."""
    return tuple(ground(reason, on=on, country=country) for reason in Reason)


def ground(reason: Reason, *, on: date, country: str = "FR") -> Ground:
    """What one reason asks and gives on the day of the request; what no list names is looked at, never refused."""
    listed = reason in law.value("TER-13.reasons", on=on, country=country).of(tuple)
    indebted = reason is Reason.OVER_INDEBTEDNESS
    return Ground(
        reason=reason,
        proofs=law.value(f"TER-06.proof.{reason}", on=on, country=country).of(tuple) if listed else (),
        may_ask=law.value("TER-12.may_ask", on=on, country=country).of(tuple) if indebted else (),
        exempts=listed or reason in {Reason.PERFORMANCE_GAP, Reason.PRICE_CHANGE},
        needs_review=not listed and reason is not Reason.PRICE_CHANGE,
    )


def missing_proofs(ground: Ground, *, given: Collection[str]) -> tuple[str, ...]:
    """The proofs that are still to come."""
    return tuple(proof for proof in ground.proofs if proof not in given)


def is_exempt(ground: Ground, *, given: Collection[str], accepted: bool = False) -> bool:
    """Tell whether no fee is due: every proof is there, or a person accepted what only a person can judge."""
    if ground.needs_review:
        return accepted
    return ground.exempts and not missing_proofs(ground, given=given)


def is_over_indebtedness_eligible(
    *, concluded_on: date, received_by_commission_on: date, calendar: Calendar = law.FRANCE
) -> bool:
    """Tell whether the contract is old enough for a file of over-indebtedness to end it without fees."""
    months = law.value("TER-12.months", on=received_by_commission_on, country=calendar.country).of(int)
    return add_months(concluded_on, months) <= received_by_commission_on


def handset_fee(*, agreed_value: Money | None, remaining_fees: Money, asked: Money, is_kept: bool = True) -> Money:
    """What a subsidised handset costs after a performance gap: the least of the three, nothing without agreed value."""
    if agreed_value is None or not is_kept:
        return asked * 0
    return min(agreed_value, remaining_fees, asked)


def leaves_free_until(told_on: date, *, calendar: Calendar = law.FRANCE) -> date:
    """The last day on which a customer who was told of a change of contract leaves without fees."""
    return law.last_day("CHG-01.leave_within", after=told_on, calendar=calendar)
