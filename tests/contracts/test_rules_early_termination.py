"""What leaving early costs, with the vectors of the project's table of facts."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligneclaire.contracts.rules.early_termination import BeforeTwelve, Commitment, FeeReason, fee, formula
from ligneclaire.kernel.money import Money

ENDS_ON = date(2026, 3, 15)  # fourteen months done, ten left
NOTHING = Money.of("0.00")


def a_commitment(
    *,
    concluded_on: date = date(2025, 1, 15),
    accepted_on: date = date(2025, 1, 15),
    months: int = 24,
    monthly: str = "30.00",
    handset: bool = False,
    policy: BeforeTwelve = BeforeTwelve.FULL_TO_END,
    contract_fee: str | None = None,
    clause: str = "12.3",
) -> Commitment:
    return Commitment(
        concluded_on=concluded_on,
        accepted_on=accepted_on,
        months=months,
        monthly=Money.of(monthly),
        subsidised_handset=handset,
        policy=policy,
        contract_fee=None if contract_fee is None else Money.of(contract_fee),
        clause=clause,
    )


@pytest.mark.parametrize(
    ("concluded_on", "handset", "amount"),
    [
        (date(2025, 1, 15), True, "60.00"),
        (date(2025, 1, 15), False, "0.00"),
        (date(2022, 6, 1), True, "75.00"),
        (date(2022, 6, 1), False, "75.00"),
        (date(2022, 12, 31), False, "75.00"),
        (date(2023, 1, 1), False, "0.00"),
    ],
)
def test_ter_11_after_twelve_months_the_day_of_the_contract_decides(
    *, concluded_on: date, handset: bool, amount: str
) -> None:
    found = fee(a_commitment(concluded_on=concluded_on, handset=handset), ends_on=ENDS_ON)

    assert (found.amount, found.cap, found.reason) == (
        Money.of(amount),
        Money.of(amount),
        FeeReason.AFTER_TWELVE_MONTHS,
    )
    assert (found.remaining, found.months_done, found.clause) == (Money.of("300.00"), 14, "12.3")


def test_ter_11_the_fee_shows_what_it_was_computed_from() -> None:
    found = fee(a_commitment(handset=True), ends_on=ENDS_ON)

    assert (found.in_full, found.part, found.rest) == (NOTHING, Fraction(1, 5), Money.of("300.00"))


def test_ter_11_a_legitimate_reason_costs_nothing() -> None:
    found = fee(a_commitment(handset=True), ends_on=ENDS_ON, exempt=True)

    assert (found.amount, found.reason) == (NOTHING, FeeReason.EXEMPT)


def test_ter_11_without_commitment_nothing_is_due() -> None:
    found = fee(None, ends_on=ENDS_ON)

    assert (found.amount, found.reason, found.months_done) == (NOTHING, FeeReason.NO_COMMITMENT, 0)


@pytest.mark.parametrize(
    ("ends_on", "reason"),
    [
        (date(2027, 1, 14), FeeReason.AFTER_TWELVE_MONTHS),
        (date(2027, 1, 15), FeeReason.COMMITMENT_OVER),
        (date(2028, 1, 1), FeeReason.COMMITMENT_OVER),
    ],
)
def test_ter_11_the_commitment_ends_on_its_day(ends_on: date, reason: FeeReason) -> None:
    assert fee(a_commitment(handset=True), ends_on=ends_on).reason is reason


def test_ter_11_a_reason_to_leave_is_not_needed_once_the_commitment_is_over() -> None:
    found = fee(a_commitment(handset=True), ends_on=date(2027, 1, 15), exempt=True)

    assert (found.reason, found.months_done) == (FeeReason.COMMITMENT_OVER, 24)


@pytest.mark.parametrize(
    ("handset", "policy", "amount", "reason"),
    [
        # Six months done: six to the twelfth month, twelve after it.
        (False, BeforeTwelve.FULL_TO_END, "540.00", FeeReason.TO_END),
        (True, BeforeTwelve.FULL_TO_END, "540.00", FeeReason.TO_END),
        (False, BeforeTwelve.FULL_TO_M12_THEN_PCT, "180.00", FeeReason.TO_MONTH_TWELVE),
        (True, BeforeTwelve.FULL_TO_M12_THEN_PCT, "252.00", FeeReason.TO_MONTH_TWELVE),
    ],
)
def test_ter_11_before_month_twelve_the_contract_decides(
    *, handset: bool, policy: BeforeTwelve, amount: str, reason: FeeReason
) -> None:
    found = fee(a_commitment(handset=handset, policy=policy), ends_on=date(2025, 7, 15))

    assert (found.amount, found.reason, found.remaining) == (Money.of(amount), reason, Money.of("540.00"))


def test_ter_11_before_month_twelve_an_old_contract_asks_a_quarter_of_the_rest() -> None:
    old = a_commitment(
        concluded_on=date(2022, 6, 1), accepted_on=date(2022, 6, 1), policy=BeforeTwelve.FULL_TO_M12_THEN_PCT
    )

    assert fee(old, ends_on=date(2022, 12, 1)).amount == Money.of("270.00")


def test_ter_11_twelve_full_months_decide() -> None:
    commitment = a_commitment()

    assert fee(commitment, ends_on=date(2026, 1, 14)).reason is FeeReason.TO_END
    assert fee(commitment, ends_on=date(2026, 1, 15)).reason is FeeReason.AFTER_TWELVE_MONTHS


@pytest.mark.parametrize("policy", list(BeforeTwelve))
def test_ter_11_a_commitment_of_twelve_months_is_due_to_its_end(policy: BeforeTwelve) -> None:
    found = fee(a_commitment(months=12, policy=policy), ends_on=date(2025, 11, 15))

    assert (found.amount, found.reason) == (Money.of("60.00"), FeeReason.TO_END)


def test_ter_11_a_month_begun_counts_by_its_days() -> None:
    found = fee(a_commitment(months=12, monthly="31.00"), ends_on=date(2025, 12, 25))

    assert (found.months_done, found.amount) == (11, Money.of("21.00"))


def test_ter_11_before_the_commitment_began_all_of_it_is_due() -> None:
    assert fee(a_commitment(months=12), ends_on=date(2025, 1, 1)).amount == Money.of("360.00")


def test_ter_11_the_contract_may_ask_less_but_never_more() -> None:
    less = fee(a_commitment(handset=True, contract_fee="49.00"), ends_on=ENDS_ON)
    more = fee(a_commitment(handset=True, contract_fee="90.00"), ends_on=ENDS_ON)

    assert (less.amount, less.reason, less.cap) == (Money.of("49.00"), FeeReason.CONTRACT_FEE, Money.of("60.00"))
    assert (more.amount, more.reason) == (Money.of("60.00"), FeeReason.AFTER_TWELVE_MONTHS)


@pytest.mark.parametrize(
    ("commitment", "ends_on", "text"),
    [
        (a_commitment(handset=True), ENDS_ON, "20% of 10 x 30.00 EUR"),
        (a_commitment(handset=True), date(2026, 3, 25), "20% of 9 x 30.00 EUR + 20% of 20.32 EUR"),
        (a_commitment(handset=True), date(2027, 1, 1), "20% of 13.54 EUR"),
        (a_commitment(), date(2025, 7, 15), "18 x 30.00 EUR"),
        (
            a_commitment(handset=True, policy=BeforeTwelve.FULL_TO_M12_THEN_PCT),
            date(2025, 7, 15),
            "6 x 30.00 EUR + 20% of 12 x 30.00 EUR",
        ),
        (a_commitment(policy=BeforeTwelve.FULL_TO_M12_THEN_PCT), date(2025, 7, 15), "6 x 30.00 EUR"),
        (a_commitment(), ENDS_ON, ""),
        (a_commitment(handset=True, contract_fee="49.00"), ENDS_ON, ""),
        (a_commitment(handset=True, clause=""), ENDS_ON, ""),
    ],
)
def test_ter_11_a_fee_is_a_sum_of_shares_of_monthly_payments(commitment: Commitment, ends_on: date, text: str) -> None:
    assert formula(fee(commitment, ends_on=ends_on), monthly=commitment.monthly) == text


def test_ter_18_a_fee_without_a_clause_is_blocked() -> None:
    found = fee(a_commitment(handset=True, clause=""), ends_on=ENDS_ON)

    assert (found.amount, found.cap, found.reason) == (NOTHING, Money.of("60.00"), FeeReason.BLOCKED_WITHOUT_CLAUSE)


def test_ter_18_nothing_is_blocked_where_nothing_is_due() -> None:
    assert fee(a_commitment(clause=""), ends_on=ENDS_ON).reason is FeeReason.AFTER_TWELVE_MONTHS


@pytest.mark.parametrize(
    ("months", "monthly", "contract_fee", "problem"),
    [
        (0, "30.00", None, "months: at least one, not 0"),
        (12, "-1.00", None, "monthly: neither negative nor in another currency, not -1.00 EUR"),
        (12, "30.00", "-1.00", "contract_fee: neither negative nor in another currency, not -1.00 EUR"),
    ],
)
def test_a_commitment_that_cannot_be_is_refused(
    months: int, monthly: str, contract_fee: str | None, problem: str
) -> None:
    with pytest.raises(ValueError) as refused:
        a_commitment(months=months, monthly=monthly, contract_fee=contract_fee)

    assert str(refused.value) == problem


@given(
    concluded_on=st.dates(date(2015, 1, 1), date(2026, 12, 31)),
    later=st.integers(0, 900),
    ended=st.integers(-40, 900),
    months=st.integers(1, 24),
    cents=st.integers(0, 20_000),
    handset=st.booleans(),
    policy=st.sampled_from(BeforeTwelve),
    contract_fee=st.none() | st.integers(0, 100_000),
    clause=st.sampled_from(["", "12.3"]),
)
def test_ter_11_the_fee_is_never_above_the_cap_nor_below_zero_nor_grows(  # noqa: PLR0913 - one for each field
    *,
    concluded_on: date,
    later: int,
    ended: int,
    months: int,
    cents: int,
    handset: bool,
    policy: BeforeTwelve,
    contract_fee: int | None,
    clause: str,
) -> None:
    commitment = Commitment(
        concluded_on=concluded_on,
        accepted_on=concluded_on + timedelta(days=later),
        months=months,
        monthly=Money(cents),
        subsidised_handset=handset,
        policy=policy,
        contract_fee=None if contract_fee is None else Money(contract_fee),
        clause=clause,
    )
    ends_on = commitment.accepted_on + timedelta(days=ended)

    found = fee(commitment, ends_on=ends_on)
    a_day_later = fee(commitment, ends_on=ends_on + timedelta(days=1))

    assert Money(0) <= found.amount <= found.cap <= found.remaining <= Money(cents * months)
    assert a_day_later.amount <= found.amount
