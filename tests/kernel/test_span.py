"""Spans of time, put together and taken out of each other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligneclaire.kernel.span import Span, joined, utc, without

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)


def after(hours: int) -> datetime:
    return NOON + timedelta(hours=hours)


def a_span(first: int, last: int) -> Span:
    return after(first), after(last)


spans = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 8)).map(lambda pair: a_span(pair[0], sum(pair))))


def hours_of(taken: tuple[Span, ...]) -> list[int]:
    return [hour for hour in range(-5, 50) for begins, ends in taken if begins <= after(hour) < ends]


def test_what_overlaps_or_meets_is_one_span() -> None:
    assert joined([a_span(5, 6), a_span(0, 2), a_span(2, 3), a_span(1, 2), a_span(9, 9)]) == (
        a_span(0, 3),
        a_span(5, 6),
    )


def test_instants_of_any_zone_are_in_utc() -> None:
    paris = datetime(2026, 11, 27, 13, tzinfo=ZoneInfo("Europe/Paris"))

    assert joined([(paris, after(1))]) == (a_span(0, 1),)
    assert utc(paris).isoformat() == "2026-11-27T12:00:00+00:00"


def test_a_span_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError) as refused:
        joined([a_span(1, 0)])

    assert str(refused.value) == ("a span ends after it begins: 2026-11-27T13:00:00+00:00 to 2026-11-27T12:00:00+00:00")


def test_an_instant_without_zone_is_none() -> None:
    with pytest.raises(ValueError, match=r"^an instant needs a time zone: 2026-11-27T12:00:00$"):
        utc(datetime(2026, 11, 27, 12))  # noqa: DTZ001 - the naive value is the point


@pytest.mark.parametrize(
    ("taken", "left"),
    [
        ((), (a_span(0, 10),)),
        ((a_span(2, 4),), (a_span(0, 2), a_span(4, 10))),
        ((a_span(-3, 1), a_span(8, 20)), (a_span(1, 8),)),
        ((a_span(-3, 0), a_span(10, 12)), (a_span(0, 10),)),
        ((a_span(-1, 11),), ()),
        ((a_span(11, 12), a_span(13, 14)), (a_span(0, 10),)),
    ],
)
def test_what_is_taken_out_of_a_span_leaves_the_rest(taken: tuple[Span, ...], left: tuple[Span, ...]) -> None:
    assert without(a_span(0, 10), taken) == left


@given(spans)
def test_joining_keeps_every_hour_once(given_: list[Span]) -> None:
    hours = hours_of(joined(given_))

    assert hours == sorted({hour for one in given_ for hour in hours_of((one,))})


@given(spans)
def test_an_hour_is_either_taken_or_left(taken: list[Span]) -> None:
    left = hours_of(without(a_span(0, 40), joined(taken)))

    assert sorted(left + hours_of(joined(taken))) == list(range(40))
