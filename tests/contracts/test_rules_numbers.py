"""A number after its contract, and the mailbox."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ligneclaire.contracts.rules.numbers import (
    NumberState,
    mailbox_until,
    may_port,
    may_reassign,
    portable_until,
    reusable_by,
    reusable_from,
    state,
)

ENDED_ON = date(2026, 12, 2)


def test_ter_22_the_mailbox_stays_six_months() -> None:
    assert mailbox_until(ENDED_ON) == date(2027, 6, 2)


def test_ter_23_a_number_is_portable_to_the_fortieth_day() -> None:
    assert portable_until(ENDED_ON) == date(2027, 1, 11)
    assert may_port(ENDED_ON, date(2027, 1, 11)) is True
    assert may_port(ENDED_ON, date(2027, 1, 12)) is False
    assert may_port(None, date(2027, 1, 12)) is True


def test_ter_23_a_number_is_given_to_someone_else_between_45_and_120_days() -> None:
    assert (reusable_from(ENDED_ON), reusable_by(ENDED_ON)) == (date(2027, 1, 16), date(2027, 4, 1))
    assert may_reassign(ENDED_ON, date(2027, 1, 15)) is False
    assert may_reassign(ENDED_ON, date(2027, 1, 16)) is True
    assert may_reassign(None, date(2027, 1, 16)) is False


@pytest.mark.parametrize(
    ("ended_on", "days", "found"),
    [
        (None, 400, NumberState.ACTIVE),
        (ENDED_ON, 0, NumberState.ACTIVE),
        (ENDED_ON, 1, NumberState.QUARANTINE),
        (ENDED_ON, 44, NumberState.QUARANTINE),
        (ENDED_ON, 45, NumberState.FREE),
    ],
)
def test_ter_23_a_number_is_active_then_in_quarantine_then_free(
    ended_on: date | None, days: int, found: NumberState
) -> None:
    assert state(ended_on, ENDED_ON + timedelta(days=days)) is found
