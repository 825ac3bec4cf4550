"""Reasons to leave early, their proofs, and what they spare."""

from __future__ import annotations

from datetime import date

import pytest

from ligneclaire.contracts.rules.reasons import (
    Ground,
    Reason,
    ground,
    grounds,
    handset_fee,
    is_exempt,
    is_over_indebtedness_eligible,
    leaves_free_until,
    missing_proofs,
)
from ligneclaire.kernel.money import Money

TODAY = date(2026, 11, 22)
PROVED = {
    Reason.DISMISSAL: ("dismissal_letter", "permanent_contract"),
    Reason.FORCE_MAJEURE_DEATH: ("death_certificate",),
    Reason.FORCE_MAJEURE_HOSPITAL: ("hospital_certificate",),
    Reason.FORCE_MAJEURE_PRISON: ("prison_certificate",),
    Reason.UNREACHABLE_AFTER_MOVE: ("proof_of_new_address",),
    Reason.MOVE_ABROAD: ("proof_of_address_abroad",),
    Reason.OVER_INDEBTEDNESS: ("admissibility_notice",),
}


def test_ter_06_each_reason_says_which_proof_is_needed() -> None:
    assert {each.reason: each.proofs for each in grounds(on=TODAY) if each.proofs} == PROVED


def test_ter_06_over_indebtedness_is_proved_by_the_notice_of_admissibility() -> None:
    assert ground(Reason.OVER_INDEBTEDNESS, on=TODAY) == Ground(
        reason=Reason.OVER_INDEBTEDNESS,
        proofs=("admissibility_notice",),
        may_ask=("identity", "deposit_certificate"),
        exempts=True,
        needs_review=False,
    )


def test_ter_06_a_reason_spares_the_fee_once_every_proof_is_there() -> None:
    dismissal = ground(Reason.DISMISSAL, on=TODAY)

    assert missing_proofs(dismissal, given=["permanent_contract"]) == ("dismissal_letter",)
    assert is_exempt(dismissal, given=["permanent_contract"]) is False
    assert is_exempt(dismissal, given=["permanent_contract", "dismissal_letter"]) is True


def test_ter_13_every_reason_is_offered_and_another_one_too() -> None:
    assert [each.reason for each in grounds(on=TODAY)] == [
        *PROVED,
        Reason.PERFORMANCE_GAP,
        Reason.PRICE_CHANGE,
        Reason.OTHER,
    ]


def test_ter_13_another_reason_is_looked_at_by_a_person_and_not_refused() -> None:
    other = ground(Reason.OTHER, on=TODAY)

    assert (other.needs_review, other.exempts, other.proofs) == (True, False, ())
    assert is_exempt(other, given=[]) is False
    assert is_exempt(other, given=[], accepted=True) is True


@pytest.mark.parametrize(
    ("received_by_commission_on", "is_eligible"),
    [
        (date(2026, 3, 1), False),
        (date(2026, 4, 9), False),
        (date(2026, 4, 10), True),
        (date(2026, 5, 1), True),
    ],
)
def test_ter_12_the_contract_is_three_months_older_than_the_file(
    *, received_by_commission_on: date, is_eligible: bool
) -> None:
    assert (
        is_over_indebtedness_eligible(
            concluded_on=date(2026, 1, 10), received_by_commission_on=received_by_commission_on
        )
        is is_eligible
    )


@pytest.mark.parametrize(
    ("agreed", "remaining", "asked", "is_kept", "due"),
    [
        ("120.00", "200.00", "150.00", True, "120.00"),
        ("220.00", "200.00", "250.00", True, "200.00"),
        ("220.00", "200.00", "150.00", True, "150.00"),
        (None, "200.00", "150.00", True, "0.00"),
        ("120.00", "200.00", "150.00", False, "0.00"),
    ],
)
def test_ter_15_a_kept_handset_costs_the_least_of_three(
    *, agreed: str | None, remaining: str, asked: str, is_kept: bool, due: str
) -> None:
    found = handset_fee(
        agreed_value=None if agreed is None else Money.of(agreed),
        remaining_fees=Money.of(remaining),
        asked=Money.of(asked),
        is_kept=is_kept,
    )

    assert found == Money.of(due)


def test_ter_15_a_performance_gap_is_looked_at_by_a_person() -> None:
    gap = ground(Reason.PERFORMANCE_GAP, on=TODAY)

    assert (gap.exempts, gap.needs_review) == (True, True)


def test_chg_01_a_price_change_told_two_months_ago_leaves_free() -> None:
    change = ground(Reason.PRICE_CHANGE, on=TODAY)

    assert (is_exempt(change, given=[]), leaves_free_until(date(2026, 9, 22))) == (True, date(2027, 1, 22))
