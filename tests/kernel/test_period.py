"""A period has its first day and not its end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligneclaire.kernel.period import Period

FIRST = date(2024, 2, 1)
days = st.integers(0, 40).map(lambda n: FIRST + timedelta(days=n))
periods = st.builds(Period, days) | st.builds(
    lambda start, length: Period(start, start + timedelta(days=length)), days, st.integers(1, 20)
)


def test_the_first_day_is_in_and_the_end_is_not() -> None:
    february = Period(date(2024, 2, 1), date(2024, 3, 1))

    assert date(2024, 1, 31) not in february
    assert date(2024, 2, 1) in february
    assert date(2024, 2, 29) in february
    assert date(2024, 3, 1) not in february


def test_without_an_end_it_goes_on() -> None:
    assert date(2124, 1, 1) in Period(date(2024, 2, 1))
    assert date(2024, 1, 31) not in Period(date(2024, 2, 1))


@pytest.mark.parametrize("end", [date(2024, 2, 1), date(2024, 1, 31)])
def test_a_period_without_a_day_is_refused(end: date) -> None:
    with pytest.raises(ValueError, match=f"^a period ends after it starts: 2024-02-01/{end}$"):
        Period(date(2024, 2, 1), end)


@given(periods, periods)
def test_two_periods_overlap_when_they_share_a_day(one: Period, other: Period) -> None:
    all_days = [FIRST + timedelta(days=n) for n in range(61)]

    assert one.overlaps(other) == any(day in one and day in other for day in all_days)


def test_a_period_prints_as_iso_8601() -> None:
    assert str(Period(date(2024, 2, 1), date(2024, 3, 1))) == "2024-02-01/2024-03-01"
    assert str(Period(date(2024, 2, 1))) == "2024-02-01/.."
