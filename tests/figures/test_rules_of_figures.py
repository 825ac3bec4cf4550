"""A period is cut sensibly, and shares are whole."""

from __future__ import annotations

from datetime import date

import pytest

from ligneclaire.figures.rules import LONGEST, Span, fastest, share, span, tenths

TODAY = date(2026, 3, 31)
MARCH = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        (None, None, Span(first=date(2026, 3, 2), last=TODAY)),
        (MARCH, None, Span(first=MARCH, last=TODAY)),
        (None, MARCH, Span(first=date(2026, 1, 31), last=MARCH)),
        (TODAY, MARCH, Span(first=MARCH, last=TODAY)),
        (date(2020, 1, 1), TODAY, Span(first=date(2025, 3, 31), last=TODAY)),
    ],
)
def test_a_period_is_as_asked_never_turned_round_nor_too_long(
    first: date | None, last: date | None, found: Span
) -> None:
    assert span(first, last, today=TODAY) == found
    assert found.days <= LONGEST


@pytest.mark.parametrize(
    ("part", "of", "percent"), [(0, 0, None), (0, 3, 0), (1, 3, 33), (2, 3, 67), (1, 8, 13), (5, 5, 100)]
)
def test_a_share_is_whole_percent(part: int, of: int, percent: int | None) -> None:
    assert share(part, of) == percent


def test_so_much_for_each_is_to_a_tenth() -> None:
    assert (tenths(7, 2), tenths(10, 3), tenths(1, 0)) == (3.5, 3.3, None)


@pytest.mark.parametrize(
    ("percent", "times", "within"),
    [
        (50, {}, None),
        (99, {3: 1}, 3),
        (50, {1: 1, 9: 1}, 1),
        (51, {9: 1, 1: 1}, 9),
        (95, {2: 95, 5: 4, 300: 1}, 2),
        (99, {2: 95, 5: 4, 300: 1}, 5),
        (100, {2: 95, 5: 4, 300: 1}, 300),
    ],
)
def test_so_many_percent_of_all_were_done_within_this_time(
    percent: int, times: dict[int, int], within: int | None
) -> None:
    assert fastest(percent, times) == within
