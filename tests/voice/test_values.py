"""What a value may be, what is said to who got it wrong, and when two values say the same."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligneclaire.voice.values import Takes, comparable, day_of, problem, typed

MONEY = 'expected an amount like {"amount": "300.00", "currency": "EUR"}, got '
DATE = "expected a date like 2015-02-20, got "
TEXT = "expected a text of 1 to 500 characters, got "
TEXTS = "expected a list of 1 to 50 texts, got "
DAYS = "expected a whole number of days from 0 to 3650, got "


def eur(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "EUR"}


@pytest.mark.parametrize(
    ("takes", "value"),
    [
        (Takes.DATE, "2015-02-20"),
        (Takes.DATE, "2016-02-29"),
        (Takes.MONEY, eur("0.00")),
        (Takes.MONEY, eur("300")),
        (Takes.MONEY, {"amount": "300", "currency": "JPY"}),
        (Takes.TEXT, "x" * 500),
        (Takes.TEXTS, ["box"]),
        (Takes.TEXTS, ["box"] * 50),
        (Takes.DAYS, 0),
        (Takes.DAYS, 3650),
        (Takes.FLAG, False),
        (Takes.EVENT, {}),
        (Takes.ANYTHING, None),
        (Takes.ANYTHING, 1.5),
    ],
)
def test_a_topic_takes_a_value_of_its_type(takes: Takes, value: object) -> None:
    assert problem(value, takes) is None


@pytest.mark.parametrize(
    ("takes", "value", "reason"),
    [
        (Takes.DATE, "20150220", DATE + '"20150220"'),
        (Takes.DATE, "2015-W08-5", DATE + '"2015-W08-5"'),
        (Takes.DATE, "2015-02-29", DATE + '"2015-02-29"'),
        (Takes.DATE, "1899-12-31", DATE + '"1899-12-31"'),
        (Takes.DATE, "2101-01-01", DATE + '"2101-01-01"'),
        (Takes.DATE, 20150220, DATE + "20150220"),
        (Takes.DATE, None, DATE + "null"),
        (Takes.MONEY, "300.00", MONEY + '"300.00"'),
        (Takes.MONEY, eur("-1.00"), MONEY + '{"amount": "-1.00", "currency": "EUR"}'),
        (Takes.MONEY, eur("1.001"), MONEY + '{"amount": "1.001", "currency": "EUR"}'),
        (Takes.MONEY, {"amount": "1"}, MONEY + '{"amount": "1"}'),
        (Takes.MONEY, {"amount": 1, "currency": "EUR"}, MONEY + '{"amount": 1, "currency": "EUR"}'),
        (Takes.MONEY, {"amount": "1", "currency": "ABC"}, MONEY + '{"amount": "1", "currency": "ABC"}'),
        (Takes.TEXT, " ", TEXT + '" "'),
        (Takes.TEXT, "é" * 501, TEXT + '"' + "é" * 56 + "..."),
        (Takes.TEXT, 3, TEXT + "3"),
        (Takes.TEXTS, [], TEXTS + "[]"),
        (Takes.TEXTS, [""], TEXTS + '[""]'),
        (Takes.TEXTS, "box", TEXTS + '"box"'),
        (Takes.TEXTS, ["a"] * 51, TEXTS + '["a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "...'),
        (Takes.DAYS, -1, DAYS + "-1"),
        (Takes.DAYS, 3651, DAYS + "3651"),
        (Takes.DAYS, 7.5, DAYS + "7.5"),
        (Takes.DAYS, True, DAYS + "true"),
        (Takes.DAYS, "7", DAYS + '"7"'),
        (Takes.FLAG, 1, "expected true or false, got 1"),
        (Takes.EVENT, [], "expected an object, got []"),
    ],
)
def test_what_is_wrong_with_a_value_is_said_with_the_value(takes: Takes, value: object, reason: str) -> None:
    assert problem(value, takes) == reason


@pytest.mark.parametrize(
    ("takes", "one", "other"),
    [
        (Takes.MONEY, eur("300"), eur("300.00")),
        (Takes.TEXT, "  other   operator ", "other operator"),
        (Takes.TEXTS, ["TV  Decoder", "box"], ["box", "tv decoder", "Box"]),
        (Takes.EVENT, {"received_by": "letter"}, {"received_by": "shop"}),
        (Takes.ANYTHING, {"b": 1, "a": 2}, {"a": 2, "b": 1}),
    ],
)
def test_two_ways_of_writing_one_value_say_the_same(takes: Takes, one: object, other: object) -> None:
    assert comparable(one, takes) == comparable(other, takes)


@pytest.mark.parametrize(
    ("takes", "one", "other"),
    [
        (Takes.DATE, "2015-02-20", "2015-02-21"),
        (Takes.MONEY, eur("300.00"), {"amount": "300.00", "currency": "USD"}),
        (Takes.TEXT, "Other operator", "other operator"),
        (Takes.TEXTS, ["box"], ["box", "tv decoder"]),
        (Takes.DAYS, 7, 10),
        (Takes.FLAG, True, False),
        (Takes.EVENT, {}, None),
        (Takes.MONEY, eur("0.00"), None),
    ],
)
def test_two_values_that_differ_do_not_say_the_same(takes: Takes, one: object, other: object) -> None:
    assert comparable(one, takes) != comparable(other, takes)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_a_day_is_read_as_it_is_written(day: date) -> None:
    assert day_of(day.isoformat()) == day


@pytest.mark.parametrize(
    ("takes", "text", "value"),
    [
        (Takes.DATE, "2015-02-20", "2015-02-20"),
        (Takes.TEXT, "10", "10"),
        (Takes.DAYS, "10", 10),
        (Takes.FLAG, "true", True),
        (Takes.MONEY, "300.00 EUR", eur("300.00")),
        (Takes.MONEY, '{"amount": "300.00", "currency": "EUR"}', eur("300.00")),
        (Takes.TEXTS, '["box"]', ["box"]),
        (Takes.DAYS, "ten", "ten"),
        (Takes.DAYS, "\ud800", "\ud800"),
    ],
)
def test_a_value_is_read_as_people_type_it(takes: Takes, text: str, value: object) -> None:
    assert typed(text, takes) == value
