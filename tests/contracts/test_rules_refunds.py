"""What is given back, by when, and what being late costs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligneclaire.contracts.rules.refunds import advance_due_on, deposit_due_on, payable, prepaid
from ligneclaire.kernel.money import Money

DUE_ON = date(2026, 12, 2)


def test_ter_19_deposit_and_advance_have_ten_days_each_of_their_own() -> None:
    assert deposit_due_on(date(2026, 11, 22)) == DUE_ON
    assert advance_due_on(date(2026, 12, 20)) == date(2026, 12, 30)


@pytest.mark.parametrize(
    ("paid_on", "amount"),
    [(date(2026, 11, 25), "49.00"), (DUE_ON, "49.00"), (date(2026, 12, 3), "73.50"), (date(2026, 12, 5), "73.50")],
)
def test_ter_20_a_deposit_of_49_euros_becomes_73_50_once_it_is_late(paid_on: date, amount: str) -> None:
    assert payable(Money.of("49.00"), due_on=DUE_ON, paid_on=paid_on) == Money.of(amount)


def test_ter_20_half_a_cent_is_the_customers() -> None:
    assert payable(Money.of("0.01"), due_on=DUE_ON, paid_on=date(2026, 12, 3)) == Money.of("0.02")


def test_ter_20_a_refund_is_not_negative() -> None:
    with pytest.raises(ValueError) as refused:
        payable(Money.of("-0.01"), due_on=DUE_ON, paid_on=DUE_ON)

    assert str(refused.value) == "amount: a refund is not negative: -0.01 EUR"


@given(st.integers(0, 10**9), st.integers(-30, 400))
def test_ter_20_what_is_paid_is_never_less_and_half_more_when_late(cents: int, days: int) -> None:
    paid = payable(Money(cents), due_on=DUE_ON, paid_on=DUE_ON + timedelta(days=days))

    assert paid.minor * 2 in ({cents * 3, cents * 3 + 1} if days > 0 else {cents * 2})


@pytest.mark.parametrize(
    ("credit", "is_asked", "fee", "clause", "back"),
    [
        ("12.40", True, None, "", "12.40"),
        ("12.40", False, None, "", "0.00"),
        ("12.40", True, "2.00", "9.1", "10.40"),
        ("12.40", True, "2.00", "", "12.40"),
        ("1.50", True, "2.00", "9.1", "0.00"),
        ("0.00", True, None, "", "0.00"),
    ],
)
def test_ter_24_prepaid_credit_comes_back_on_request(
    *, credit: str, is_asked: bool, fee: str | None, clause: str, back: str
) -> None:
    found = prepaid(Money.of(credit), is_asked=is_asked, fee=None if fee is None else Money.of(fee), clause=clause)

    assert found == Money.of(back)
