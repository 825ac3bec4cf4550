"""A number that goes to another operator."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ligneclaire.contracts.rules.early_termination import BeforeTwelve, Commitment
from ligneclaire.contracts.rules.porting import (
    Access,
    DonorGround,
    Line,
    Outcome,
    Party,
    RecipientGround,
    RioAnswer,
    RioFrom,
    Slot,
    Suspension,
    donor_grounds,
    ended_by_port,
    goes_on_after,
    may_cancel,
    period_after,
    recipient_grounds,
    restored_by,
    rio_from,
    told_with,
)
from ligneclaire.contracts.rules.rio import read
from ligneclaire.kernel.money import Money
from ligneclaire.kernel.period import Period

RIO = read("02PABC123IHE")
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
PORT_ON = date(2026, 12, 28)


@pytest.mark.parametrize(
    ("suspended_for", "told_by"),
    [
        (None, RioFrom.FREE_NUMBER),
        (Suspension.THEFT, RioFrom.FREE_NUMBER),
        (Suspension.UNPAID, RioFrom.CUSTOMER_SERVICE),
    ],
)
def test_por_01_customer_service_tells_the_rio_of_a_line_suspended_for_an_unpaid_bill(
    suspended_for: Suspension | None, told_by: RioFrom
) -> None:
    assert rio_from(suspended_for) is told_by


def test_por_02_a_rio_is_told_with_the_commitment_while_it_lasts() -> None:
    free = RioAnswer(committed_from=None, committed_until=None, rio=RIO)

    assert told_with(RIO, COMMITMENT, on=date(2027, 1, 14)) == RioAnswer(
        committed_from=date(2025, 1, 15), committed_until=date(2027, 1, 15), rio=RIO
    )
    assert told_with(RIO, COMMITMENT, on=date(2027, 1, 15)) == free
    assert told_with(RIO, None, on=date(2026, 11, 22)) == free


def test_por_04_porting_the_mobile_of_a_bundle_leaves_the_box() -> None:
    bundle = [
        Access(contract="C-FIBRE", numbers=frozenset({"+33536490001"})),
        Access(contract="C-MOBILE", numbers=frozenset({"+33639980001"})),
        Access(contract="C-TV", numbers=frozenset()),
    ]

    assert ended_by_port("+33639980001", bundle) == ("C-MOBILE",)
    assert ended_by_port("+33536490001", bundle) == ("C-FIBRE",)
    assert ended_by_port("+33199000001", bundle) == ()


def test_por_07_a_failed_port_brings_the_contract_back_as_it_was() -> None:
    held = Period(date(2025, 1, 15), PORT_ON)

    assert goes_on_after(Outcome.FAILED) is True
    assert period_after(held, Outcome.FAILED, on=PORT_ON) == Period(date(2025, 1, 15))


def test_por_04_a_port_that_is_done_ends_the_contract_that_day() -> None:
    assert goes_on_after(Outcome.DONE) is False
    assert period_after(Period(date(2025, 1, 15)), Outcome.DONE, on=PORT_ON) == Period(date(2025, 1, 15), PORT_ON)


def test_por_11_a_cancelled_port_cancels_the_termination() -> None:
    assert goes_on_after(Outcome.CANCELLED) is True
    assert period_after(Period(date(2025, 1, 15), PORT_ON), Outcome.CANCELLED, on=PORT_ON) == Period(date(2025, 1, 15))


def test_por_11_only_the_recipient_can_cancel() -> None:
    assert [party for party in Party if may_cancel(party)] == [Party.RECIPIENT]


def test_por_08_a_switched_access_works_again_after_one_working_day() -> None:
    assert restored_by(date(2026, 12, 24)) == date(2026, 12, 26)


def test_por_08_the_time_of_a_switch_is_a_day_and_a_slot() -> None:
    eight, ten = (datetime(2026, 12, 28, hour, tzinfo=UTC) for hour in (8, 10))

    assert Slot(starts_at=eight, ends_at=ten).ends_at == ten
    for starts_at, ends_at in ((ten, eight), (eight, eight), (eight.replace(tzinfo=None), ten)):
        with pytest.raises(ValueError, match="a slot ends after it starts, with time zones"):
            Slot(starts_at=starts_at, ends_at=ends_at)


@pytest.mark.parametrize(
    ("line", "grounds"),
    [
        (Line(), ()),
        (Line(suspended_for=Suspension.THEFT), ()),
        (Line(suspended_for=Suspension.UNPAID), ()),
        (Line(ended_on=date(2026, 12, 2)), ()),
        (Line(ended_on=date(2026, 11, 17)), (DonorGround.INACTIVE,)),
        (
            Line(is_complete=False, is_right=False, port_in_progress=True),
            (DonorGround.INCOMPLETE, DonorGround.WRONG, DonorGround.IN_PROGRESS),
        ),
    ],
)
def test_por_10_the_donor_refuses_on_named_grounds_only(line: Line, grounds: tuple[DonorGround, ...]) -> None:
    assert donor_grounds(line, port_on=PORT_ON) == grounds


def test_por_10_an_unpaid_bill_is_nobodys_ground() -> None:
    assert [ground.value for ground in DonorGround] == ["incomplete", "wrong", "inactive", "in_progress"]
    assert recipient_grounds(is_fixed=True) == tuple(RecipientGround)
    assert recipient_grounds(is_fixed=False) == (
        RecipientGround.NOT_HOLDER,
        RecipientGround.INCOMPLETE,
        RecipientGround.WRONG,
    )
