"""What leaving before the end of a commitment costs, at most what the law allows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from ligneclaire import law
from ligneclaire.kernel.calendar import add_months
from ligneclaire.kernel.money import Money, Rounding


class BeforeTwelve(StrEnum):
    """What the contract asks of who leaves before the twelfth month is over, or from a commitment that is no longer."""

    FULL_TO_END = "full_to_end"
    FULL_TO_M12_THEN_PCT = "full_to_m12_then_pct"


class FeeReason(StrEnum):
    """Why a fee is what it is."""

    NO_COMMITMENT = "no_commitment"
    EXEMPT = "exempt"
    COMMITMENT_OVER = "commitment_over"
    AFTER_TWELVE_MONTHS = "after_twelve_months"
    TO_END = "to_end"
    TO_MONTH_TWELVE = "to_month_twelve"
    CONTRACT_FEE = "contract_fee"
    """The contract asks less than the law would allow."""
    BLOCKED_WITHOUT_CLAUSE = "blocked_without_clause"
    """A fee would be allowed, but no clause of the contract is named: nothing is charged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """For how long a customer is bound, since when, and what the contract asks of who leaves earlier.

    `concluded_on` is the contract's day, `accepted_on` the day on which the present commitment began; `monthly` is
    with VAT; without `contract_fee` the clause asks whatever the law allows.
    """

    concluded_on: date
    accepted_on: date
    months: int
    monthly: Money
    subsidised_handset: bool
    policy: BeforeTwelve
    contract_fee: Money | None
    clause: str

    def __post_init__(self) -> None:
        if self.months < 1:
            raise ValueError(f"months: at least one, not {self.months}")
        for name, amount in (("monthly", self.monthly), ("contract_fee", self.contract_fee or self.monthly)):
            if amount.minor < 0 or amount.currency != self.monthly.currency:
                raise ValueError(f"{name}: neither negative nor in another currency, not {amount}")

    @property
    def ends_on(self) -> date:
        """The first day on which the customer is no longer bound."""
        return add_months(self.accepted_on, self.months)

    def done_on(self, day: date) -> int:
        """The full months of the commitment that are over on a day."""
        months = (day.year - self.accepted_on.year) * 12 + day.month - self.accepted_on.month
        return max(months if add_months(self.accepted_on, months) <= day else months - 1, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """A fee with what it was computed from: at most `in_full` + `part` of `rest`, the two being what remains due."""

    amount: Money
    reason: FeeReason
    cap: Money
    in_full: Money
    rest: Money
    part: Fraction
    months_done: int
    clause: str

    @property
    def remaining(self) -> Money:
        """What would be due to the end of the commitment."""
        return self.in_full + self.rest


def fee(commitment: Commitment | None, *, ends_on: date, exempt: bool = False, country: str = "FR") -> Fee:
    """The fee of a contract that ends on a day; `exempt` where the reason to leave is a legitimate one."""
    if commitment is None:
        return _nothing(FeeReason.NO_COMMITMENT)
    if ends_on >= commitment.ends_on:
        return _nothing(FeeReason.COMMITMENT_OVER, commitment, ends_on)
    if exempt:
        return _nothing(FeeReason.EXEMPT, commitment, ends_on)
    allowed = _allowed(commitment, ends_on, country)
    if commitment.contract_fee is not None and commitment.contract_fee < allowed.amount:
        allowed = replace(allowed, amount=commitment.contract_fee, reason=FeeReason.CONTRACT_FEE)
    if allowed.amount.minor and not commitment.clause and law.value("TER-18", on=ends_on, country=country).of(bool):
        return replace(allowed, amount=allowed.amount * 0, reason=FeeReason.BLOCKED_WITHOUT_CLAUSE)
    return allowed


def formula(fee: Fee, *, monthly: Money) -> str:
    """How a fee follows from monthly payments, such as "20% of 10 x 30.00 EUR"; "" for none, or one of the contract.

    Of a month begun the rest stands beside the whole ones.
    """
    if not fee.amount.minor or fee.reason is FeeReason.CONTRACT_FEE:
        return ""
    return " + ".join((*_shares(fee.in_full, "", monthly), *_shares(fee.rest, f"{int(fee.part * 100)}% of ", monthly)))


def _shares(amount: Money, part: str, monthly: Money) -> Iterator[str]:
    if part == "0% of ":
        return
    months, days = divmod(amount.minor, monthly.minor)
    if months:
        yield f"{part}{months} x {monthly}"
    if days:
        yield f"{part}{Money(days, monthly.currency)}"


def _nothing(reason: FeeReason, commitment: Commitment | None = None, ends_on: date = date.max) -> Fee:
    zero = commitment.monthly * 0 if commitment else Money(0)
    return Fee(
        amount=zero,
        reason=reason,
        cap=zero,
        in_full=zero,
        rest=zero,
        part=Fraction(0),
        months_done=commitment.done_on(ends_on) if commitment else 0,
        clause=commitment.clause if commitment else "",
    )


def _allowed(commitment: Commitment, ends_on: date, country: str) -> Fee:
    kind = "with_handset" if commitment.subsidised_handset else "without_handset"
    concluded_on = commitment.concluded_on
    part = law.value(f"TER-11.cap_{kind}", on=ends_on, concluded_on=concluded_on, country=country).of(Fraction)
    after = law.value("TER-11.capped_after", on=ends_on, concluded_on=concluded_on, country=country).of(int)
    remaining = _due(commitment, ends_on, commitment.months)
    if commitment.months > after and commitment.done_on(ends_on) >= after:
        in_full, reason = remaining * 0, FeeReason.AFTER_TWELVE_MONTHS
    elif commitment.policy is BeforeTwelve.FULL_TO_END or commitment.months <= after:
        in_full, reason = remaining, FeeReason.TO_END
    else:
        in_full, reason = _due(commitment, ends_on, after), FeeReason.TO_MONTH_TWELVE
    cap = in_full + (remaining - in_full).share(part, rounding=Rounding.DOWN)
    return Fee(
        amount=cap,
        reason=reason,
        cap=cap,
        in_full=in_full,
        rest=remaining - in_full,
        part=part,
        months_done=commitment.done_on(ends_on),
        clause=commitment.clause,
    )


def _due(commitment: Commitment, ends_on: date, months: int) -> Money:
    """What is due from a day to the end of a month of the commitment, a month begun by its days."""
    day = max(ends_on, commitment.accepted_on)
    done = commitment.done_on(day)
    month, following = (add_months(commitment.accepted_on, done + n) for n in (0, 1))
    left = months - done - Fraction((day - month).days, (following - month).days)
    return commitment.monthly.share(left, rounding=Rounding.DOWN)
