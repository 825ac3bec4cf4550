"""How long a customer may be bound, and what lengthens it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ligneclaire.contracts.rules.commitments import (
    CommitmentTooLong,
    Left,
    after_addition,
    check_length,
    left_on,
    may_leave,
)
from ligneclaire.contracts.rules.early_termination import BeforeTwelve, Commitment
from ligneclaire.kernel.money import Money

COMMITMENT = Commitment(
    concluded_on=date(2025, 1, 15),
    accepted_on=date(2025, 1, 15),
    months=24,
    monthly=Money.of("30.00"),
    subsidised_handset=True,
    policy=BeforeTwelve.FULL_TO_END,
    contract_fee=None,
    clause="12.3",
)


def test_ter_10_36_months_are_refused_and_24_are_not() -> None:
    with pytest.raises(CommitmentTooLong) as refused:
        check_length(36, on=date(2026, 11, 22))
    check_length(24, on=date(2026, 11, 22))

    assert refused.value.values == {"months": 36, "most": 24}


def test_ter_16_an_option_in_month_20_leaves_the_end_where_it_was() -> None:
    same = after_addition(COMMITMENT, added_on=date(2026, 9, 20), months=24, expressly_accepted=False)

    assert (same, same.ends_on) == (COMMITMENT, date(2027, 1, 15))


def test_ter_16_an_express_consent_begins_a_new_commitment() -> None:
    longer = after_addition(COMMITMENT, added_on=date(2026, 9, 20), months=12, expressly_accepted=True)

    assert longer == replace(COMMITMENT, accepted_on=date(2026, 9, 20), months=12)


def test_ter_16_even_an_express_consent_binds_no_longer_than_the_law_allows() -> None:
    with pytest.raises(CommitmentTooLong):
        after_addition(COMMITMENT, added_on=date(2026, 9, 20), months=25, expressly_accepted=True)


def test_ter_16_one_part_that_is_not_as_it_should_be_frees_from_the_whole_bundle() -> None:
    bundle = ["television", "internet", "mobile"]

    assert may_leave(bundle, not_conforming=["television"]) == ("internet", "mobile", "television")
    assert may_leave(bundle, not_conforming=["alarm"]) == ()


@pytest.mark.parametrize(
    ("day", "left"),
    [
        (date(2025, 1, 15), Left(ends_on=date(2027, 1, 15), months=24)),
        (date(2026, 3, 20), Left(ends_on=date(2027, 1, 15), months=10)),
        (date(2027, 1, 14), Left(ends_on=date(2027, 1, 15), months=1)),
        (date(2027, 1, 15), Left(ends_on=date(2027, 1, 15), months=0)),
    ],
)
def test_ter_21_a_bill_says_what_is_left_of_the_commitment(day: date, left: Left) -> None:
    assert left_on(COMMITMENT, day) == left


def test_ter_21_without_commitment_nothing_is_left_and_nothing_ends() -> None:
    assert left_on(None, date(2026, 11, 22)) == Left(ends_on=None, months=0)
