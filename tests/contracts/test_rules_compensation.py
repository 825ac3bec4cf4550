"""What is due to whom a port, a switch or a technician let wait."""

from __future__ import annotations

from datetime import date

import pytest

from ligneclaire.contracts.rules.compensation import late, missed_appointment, number_lost, pay_by, prepaid_price
from ligneclaire.kernel.money import Money

ON = date(2026, 11, 22)
PRICE = Money.of("19.99")


@pytest.mark.parametrize(("days", "amount"), [(0, "0.00"), (1, "4.00"), (3, "12.00"), (5, "19.99"), (30, "119.94")])
def test_por_12_each_day_late_is_a_fifth_of_the_price_and_a_part_of_a_cent_is_the_customers(
    days: int, amount: str
) -> None:
    assert late(PRICE, days, on=ON) == Money.of(amount)


def test_por_12_a_lost_number_is_24_months() -> None:
    assert number_lost(PRICE, on=ON) == Money.of("479.76")


@pytest.mark.parametrize(
    ("credit", "valid_days", "price"), [("10.00", 15, "20.00"), ("10.00", 30, "10.00"), ("10.00", 7, "42.86")]
)
def test_por_12_a_prepaid_line_has_its_credit_for_thirty_days_as_price(
    credit: str, valid_days: int, price: str
) -> None:
    assert prepaid_price(Money.of(credit), valid_days, on=ON) == Money.of(price)


def test_por_12_a_prepaid_line_of_ten_euros_for_fifteen_days_is_four_euros_a_day() -> None:
    assert late(prepaid_price(Money.of("10.00"), 15, on=ON), 1, on=ON) == Money.of("4.00")


def test_por_12_is_paid_within_thirty_days_of_the_request() -> None:
    assert pay_by(ON) == date(2026, 12, 22)


def test_por_12_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^neither price nor days are negative: -0.01 EUR, 1$"):
        late(Money(-1), 1, on=ON)
    with pytest.raises(ValueError, match=r"^neither price nor days are negative: 19.99 EUR, -1$"):
        late(PRICE, -1, on=ON)
    with pytest.raises(ValueError, match=r"^a credit is valid for a day at least: 0$"):
        prepaid_price(PRICE, 0, on=ON)


def test_sla_10_an_appointment_to_which_nobody_came_is_a_fifth_of_the_price_per_day() -> None:
    assert missed_appointment(PRICE, 3, on=ON) == Money.of("12.00")
    assert missed_appointment(Money.of("20.00"), 1, on=ON) == Money.of("4.00")
