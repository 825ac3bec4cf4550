"""Withdrawing from a new contract."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligneclaire.contracts.rules.withdrawal import (
    NewContract,
    Paid,
    earliest_port_on,
    falls_with,
    last_day,
    may_refund_by,
    may_withdraw,
    refund,
    refund_due_on,
    return_cost,
    return_goods_by,
    service_due,
)
from ligneclaire.kernel.money import Money

SUNDAY_LAST = NewContract(concluded_on=date(2026, 11, 22), informed_on=date(2026, 11, 22))
MONTHLY = Money.of("30.00")


def test_wdr_01_the_fourteenth_day_is_a_sunday_so_monday_is_the_last() -> None:
    assert last_day(SUNDAY_LAST) == date(2026, 12, 7)
    assert may_withdraw(SUNDAY_LAST, on=date(2026, 12, 7)) is True
    assert may_withdraw(SUNDAY_LAST, on=date(2026, 12, 8)) is False
    assert may_withdraw(SUNDAY_LAST, on=date(2026, 11, 21)) is False


def test_wdr_01_with_goods_the_time_begins_when_they_arrive() -> None:
    signed = date(2026, 11, 3)
    waiting = NewContract(concluded_on=signed, informed_on=signed, has_goods=True)
    there = NewContract(concluded_on=signed, informed_on=signed, has_goods=True, goods_received_on=date(2026, 11, 10))

    assert (last_day(waiting), may_withdraw(waiting, on=date(2026, 12, 31))) == (None, True)
    assert last_day(there) == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("informed_on", "last"),
    [
        (date(2026, 3, 2), date(2026, 3, 16)),
        (None, date(2027, 3, 16)),
        (date(2026, 3, 5), date(2026, 3, 19)),
        (date(2026, 9, 1), date(2026, 9, 15)),
        (date(2027, 3, 10), date(2027, 3, 16)),
    ],
)
def test_wdr_02_missing_information_gives_a_year_and_late_information_fourteen_days(
    informed_on: date | None, last: date
) -> None:
    assert last_day(NewContract(concluded_on=date(2026, 3, 2), informed_on=informed_on)) == last


def test_wdr_02_the_last_day_of_the_year_is_a_working_day_too() -> None:
    # 2025-05-23 + 14 days is a Friday; a year later Saturday, then Sunday.
    assert last_day(NewContract(concluded_on=date(2025, 5, 23), informed_on=None)) == date(2026, 6, 8)


@given(st.dates(date(2026, 4, 3), date(2028, 12, 31)), st.none() | st.integers(0, 500))
def test_wdr_02_nobody_has_less_than_fourteen_days(concluded_on: date, days: int | None) -> None:
    informed_on = None if days is None else date.fromordinal(concluded_on.toordinal() + days)

    last = last_day(NewContract(concluded_on=concluded_on, informed_on=informed_on))

    assert last is not None
    assert 14 <= (last - concluded_on).days <= 14 + 6 + 366 + 6


@pytest.mark.parametrize(
    ("has_goods", "goods_back_on", "sending_proved_on", "due_on"),
    [
        (False, None, None, date(2026, 12, 6)),
        (True, None, None, None),
        (True, date(2026, 11, 30), None, date(2026, 12, 6)),
        (True, date(2026, 12, 10), None, date(2026, 12, 10)),
        (True, date(2026, 12, 12), date(2026, 12, 8), date(2026, 12, 8)),
        (True, None, date(2026, 11, 25), date(2026, 12, 6)),
    ],
)
def test_wdr_03_the_refund_is_due_in_fourteen_days_or_when_the_goods_are_back(
    *, has_goods: bool, goods_back_on: date | None, sending_proved_on: date | None, due_on: date | None
) -> None:
    found = refund_due_on(
        date(2026, 11, 22), has_goods=has_goods, goods_back_on=goods_back_on, sending_proved_on=sending_proved_on
    )

    assert found == due_on


def test_wdr_03_everything_is_refunded_but_the_extra_for_a_dearer_delivery() -> None:
    standard, express = Money.of("5.00"), Money.of("12.00")

    assert refund(Paid(price=MONTHLY, delivery=standard, standard_delivery=standard)) == Money.of("35.00")
    assert refund(Paid(price=MONTHLY, delivery=express, standard_delivery=standard)) == Money.of("35.00")
    assert refund(Paid(price=MONTHLY, delivery=Money(0), standard_delivery=standard)) == MONTHLY


def test_wdr_03_the_refund_goes_the_way_of_the_payment_unless_agreed() -> None:
    assert may_refund_by("card", paid_by="card", expressly_agreed=False) is True
    assert may_refund_by("voucher", paid_by="card", expressly_agreed=False) is False
    assert may_refund_by("voucher", paid_by="card", expressly_agreed=True) is True


def test_wdr_04_goods_go_back_in_fourteen_days_at_the_customers_cost_only_if_told() -> None:
    assert return_goods_by(date(2026, 11, 23)) == date(2026, 12, 7)
    assert return_cost(Money.of("8.50"), was_told=True) == Money.of("8.50")
    assert return_cost(Money.of("8.50"), was_told=False) == Money.of("0.00")


@pytest.mark.parametrize(("asked_expressly", "due"), [(True, "5.00"), (False, "0.00")])
def test_wdr_05_five_days_of_thirty_cost_5_euros_if_expressly_asked_for(*, asked_expressly: bool, due: str) -> None:
    found = service_due(MONTHLY, days_used=5, days_in_month=30, asked_expressly=asked_expressly)

    assert found == Money.of(due)


def test_wdr_05_a_part_of_a_cent_is_the_customers() -> None:
    assert service_due(Money.of("19.99"), days_used=1, days_in_month=31, asked_expressly=True) == Money.of("0.64")


@pytest.mark.parametrize("days_used", [-1, 31])
def test_wdr_05_days_that_cannot_be_are_refused(days_used: int) -> None:
    with pytest.raises(ValueError) as refused:
        service_due(MONTHLY, days_used=days_used, days_in_month=30, asked_expressly=True)

    assert str(refused.value) == f"days_used: {days_used} of 30"


def test_wdr_06_accessory_contracts_fall_and_those_accessory_to_them() -> None:
    accessory_to = {"credit": "mobile", "insurance": "credit", "television": "fibre"}

    assert falls_with("mobile", accessory_to=accessory_to) == ("credit", "insurance")
    assert falls_with("television", accessory_to=accessory_to) == ()


def test_wdr_06_contracts_accessory_to_each_other_fall_once() -> None:
    assert falls_with("a", accessory_to={"a": "b", "b": "a"}) == ("b",)


def test_wdr_08_a_number_is_not_ported_before_the_fifteenth_day_without_a_waiver() -> None:
    contract = NewContract(concluded_on=date(2026, 11, 23), informed_on=date(2026, 11, 23))

    assert earliest_port_on(contract, at_distance=True) == date(2026, 12, 8)
    assert earliest_port_on(SUNDAY_LAST, at_distance=True) == date(2026, 12, 8)


def test_wdr_08_a_waiver_or_a_sale_in_the_shop_lets_the_port_begin() -> None:
    waived_on = date(2026, 11, 25)

    assert earliest_port_on(SUNDAY_LAST, at_distance=True, waived_on=waived_on) == waived_on
    assert earliest_port_on(SUNDAY_LAST, at_distance=False) == date(2026, 11, 22)


def test_wdr_08_the_day_is_open_while_the_goods_are_still_to_come() -> None:
    waiting = NewContract(concluded_on=date(2026, 11, 23), informed_on=date(2026, 11, 23), has_goods=True)

    assert earliest_port_on(waiting, at_distance=True) is None
