"""Money is exact, of one currency, and rounds only where a rounding is named."""

from __future__ import annotations

import operator
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligneclaire.kernel.money import Money, Rounding

minors = st.integers(-(10**12), 10**12)
moneys = st.builds(Money, minors, st.sampled_from(["EUR", "JPY", "TND"]))
DECIMAL_ROUNDING = {
    Rounding.HALF_UP: ROUND_HALF_UP,
    Rounding.HALF_EVEN: ROUND_HALF_EVEN,
    Rounding.DOWN: ROUND_DOWN,
    Rounding.UP: ROUND_UP,
}


def eur(amount: str) -> Money:
    return Money.of(amount, "EUR")


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("300.00", "EUR", 30000),
        ("300", "EUR", 30000),
        ("300.0000", "EUR", 30000),
        ("-0.05", "EUR", -5),
        (Decimal("1E+2"), "EUR", 10000),
        (12, "EUR", 1200),
        ("300", "JPY", 300),
        ("1.234", "TND", 1234),
    ],
)
def test_an_amount_is_read_in_the_decimals_of_its_currency(
    amount: str | int | Decimal, currency: str, minor: int
) -> None:
    assert Money.of(amount, currency) == Money(minor, currency)


@pytest.mark.parametrize(
    ("amount", "currency", "message"),
    [
        ("0.001", "EUR", "too many decimals for EUR: 0.001"),
        ("0.5", "JPY", "too many decimals for JPY: 0.5"),
        ("1,50", "EUR", "not an amount: '1,50'"),
        ("1e3", "EUR", "not an amount: '1e3'"),
        (" 1", "EUR", "not an amount: ' 1'"),
        ("1\n", "EUR", r"not an amount: '1\n'"),
        ("٣", "EUR", "not an amount: '٣'"),
        ("NaN", "EUR", "not an amount: 'NaN'"),
        ("", "EUR", "not an amount: ''"),
        ("9" * 5000, "EUR", f"not an amount: '{'9' * 40}'"),
        ("999999999999999999", "EUR", "amount too large"),
        ("1", "FRANC", "unknown currency: 'FRANC'"),
        ("1", "eur", "unknown currency: 'eur'"),
    ],
)
def test_an_amount_that_is_none_is_refused_with_the_reason(amount: str, currency: str, message: str) -> None:
    with pytest.raises(ValueError) as refused:
        Money.of(amount, currency)

    assert str(refused.value) == message


@given(moneys)
def test_an_amount_comes_back_from_json_and_from_decimal_as_it_was(money: Money) -> None:
    assert Money.from_json(money.as_json()) == money
    assert Money.of(money.amount, money.currency) == money


def test_json_and_text_show_every_decimal() -> None:
    assert eur("49").as_json() == {"amount": "49.00", "currency": "EUR"}
    assert str(eur("-0.5")) == "-0.50 EUR"
    assert str(Money(300, "JPY")) == "300 JPY"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("300.00", 'expected {"amount": "...", "currency": "..."}'),
        ({"amount": "300.00"}, 'expected {"amount": "...", "currency": "..."}'),
        ({"amount": "1", "currency": "EUR", "vat": "1"}, 'expected {"amount": "...", "currency": "..."}'),
        ({"amount": 300, "currency": "EUR"}, "amount and currency must be strings"),
        ({"amount": "300", "currency": None}, "amount and currency must be strings"),
        ({"amount": "0.001", "currency": "EUR"}, "too many decimals for EUR: 0.001"),
    ],
)
def test_json_that_is_not_money_is_refused_with_the_reason(value: object, message: str) -> None:
    with pytest.raises(ValueError) as refused:
        Money.from_json(value)

    assert str(refused.value) == message


@given(minors, minors, st.integers(-1000, 1000))
def test_sums_and_multiples_are_exact(a: int, b: int, times: int) -> None:
    assert Money(a) + Money(b) == Money(a + b)
    assert Money(a) - Money(b) == Money(a - b)
    assert Money(a) * times == Money(a * times)
    assert (Money(a) < Money(b), Money(a) <= Money(b)) == (a < b, a <= b)
    assert (Money(a) > Money(b), Money(a) >= Money(b)) == (a > b, a >= b)


def test_currencies_do_not_mix() -> None:
    for mixing in (operator.add, operator.sub, operator.lt, operator.ge):
        with pytest.raises(ValueError, match=r"^EUR and JPY do not mix$"):
            mixing(Money(1, "EUR"), Money(1, "JPY"))
    assert Money(1, "EUR") != Money(1, "JPY")


@pytest.mark.parametrize(
    ("whole", "part", "rounding", "share"),
    [
        ("49.00", Fraction(3, 2), Rounding.HALF_UP, "73.50"),
        ("19.99", Fraction(3, 5), Rounding.UP, "12.00"),
        ("30.00", Fraction(5, 30), Rounding.HALF_UP, "5.00"),
        ("0.05", Fraction(1, 2), Rounding.HALF_UP, "0.03"),
        ("0.05", Fraction(1, 2), Rounding.HALF_EVEN, "0.02"),
        ("0.07", Fraction(1, 2), Rounding.HALF_EVEN, "0.04"),
        ("0.05", Fraction(1, 2), Rounding.DOWN, "0.02"),
        ("-0.05", Fraction(1, 2), Rounding.HALF_UP, "-0.03"),
        ("-0.05", Fraction(1, 2), Rounding.DOWN, "-0.02"),
        ("-0.05", Fraction(1, 5), Rounding.UP, "-0.01"),
    ],
)
def test_a_share_is_rounded_as_named(whole: str, part: Fraction, rounding: Rounding, share: str) -> None:
    assert eur(whole).share(part, rounding=rounding) == eur(share)


@given(minors, st.integers(-400, 400), st.sampled_from(Rounding))
def test_a_percentage_rounds_as_decimal_does(minor: int, percent: int, rounding: Rounding) -> None:
    exact = Decimal(minor) * percent / 100

    share = Money(minor).share(Fraction(percent, 100), rounding=rounding)

    assert share.minor == int(exact.quantize(Decimal(1), rounding=DECIMAL_ROUNDING[rounding]))
