"""Commitments that renew themselves, and the archive of electronic contracts."""

from __future__ import annotations

from datetime import date

import pytest

from ligneclaire.contracts.rules.archive import kept_until
from ligneclaire.contracts.rules.renewal import (
    Renewed,
    Window,
    advice_due_on,
    ends_on,
    may_leave,
    refund_due_on,
    told_within,
)
from ligneclaire.kernel.money import Money

RENEWS_ON = date(2027, 3, 1)
WINDOW = Window(first=date(2026, 12, 1), last=date(2027, 2, 1))
BEFORE = date(2027, 2, 28)


def test_ter_14_a_renewal_on_1_march_is_told_from_december_to_february() -> None:
    window = told_within(RENEWS_ON, Renewed.TELECOM)

    assert window == WINDOW
    days = (date(2026, 11, 30), date(2026, 12, 1), date(2027, 2, 1), date(2027, 2, 2), None)
    assert [day in window for day in days] == [False, True, True, False, False]


def test_ter_14_once_renewed_it_can_be_left_at_any_time_though_told() -> None:
    told_on = date(2027, 1, 5)

    assert may_leave(RENEWS_ON, Renewed.TELECOM, on=BEFORE, told_on=told_on) is False
    assert may_leave(RENEWS_ON, Renewed.TELECOM, on=RENEWS_ON, told_on=told_on) is True
    assert ends_on(date(2027, 3, 10)) == date(2027, 3, 20)


def test_ter_14_advice_on_the_best_tariff_comes_every_year() -> None:
    assert advice_due_on(date(2026, 11, 22)) == date(2027, 11, 22)


@pytest.mark.parametrize(
    ("told_on", "is_free"),
    [(date(2027, 1, 5), False), (date(2027, 2, 2), True), (date(2026, 11, 30), True), (None, True)],
)
def test_ter_26_another_service_can_be_left_if_the_customer_was_not_told_in_time(
    *, told_on: date | None, is_free: bool
) -> None:
    assert told_within(RENEWS_ON, Renewed.OTHER_SERVICE) == WINDOW
    assert may_leave(RENEWS_ON, Renewed.OTHER_SERVICE, on=RENEWS_ON, told_on=told_on) is is_free
    assert may_leave(RENEWS_ON, Renewed.OTHER_SERVICE, on=BEFORE, told_on=told_on) is False


def test_ter_26_what_was_paid_too_much_comes_back_in_thirty_days() -> None:
    assert refund_due_on(date(2026, 11, 22)) == date(2026, 12, 22)


@pytest.mark.parametrize(
    ("total", "until"),
    [
        (Money.of("9.99") * 24, date(2036, 12, 2)),
        (Money.of("120.00"), date(2036, 12, 2)),
        (Money.of("119.99"), None),
    ],
)
def test_ter_27_an_electronic_contract_of_120_euros_is_kept_ten_years(total: Money, until: date | None) -> None:
    assert kept_until(total, concluded_on=date(2024, 12, 2), ended_on=date(2026, 12, 2)) == until
