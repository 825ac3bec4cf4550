"""What a value may be, what is said to who got it wrong, and when two values say the same."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligneclaire.voice.values import Takes, comparable, day_of, day_told, problem, typed

MONEY = 'expected an amount like {"amount": "300.00", "currency": "EUR"}, got '
DATE = "expected a date like 2015-02-20, got "
TEXT = "expected a text of 1 to 500 characters, got "
TEXTS = "expected a list of 1 to 50 texts, got "
DAYS = "expected a whole number of days from 0 to 3650, got "


SLOT = {"from": "2015-02-20T08:00:00+01:00", "to": "2015-02-20T10:00:00+01:00"}


def eur(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "EUR"}


BILL = {"period": ["2015-02-01", "2015-02-28"], "amount": eur("48.90")}


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
        (Takes.REQUEST, {}),
        (Takes.SLOT, SLOT),
        (Takes.BILL, BILL),
        (Takes.CREDITS, [BILL, BILL]),
        (Takes.CLOSING, {"result": "line works", "pair": "63510-D4-017"}),
        (Takes.CLOSING, {"result": "line works", "pair": None, "port": "63510-D4-P3"}),
        (Takes.CLOSING, {"result": "nobody at home", "none_because": "nobody at home"}),
        (Takes.ANSWER, {"said": "line at the new address tomorrow"}),
        (Takes.ANSWER, {"said": "a manual step is missing"}),
        (Takes.ANSWER, {"said": "a technician will come", "by": "2015-02-20"}),
        (Takes.ANSWER, {"said": "un technicien passera le 20 février"}),
        (Takes.PAIR, {"pair": "63510-D4-017"}),
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
        (Takes.REQUEST, "moved", 'expected an object, got "moved"'),
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


@pytest.mark.parametrize(
    "value",
    [
        None,
        {"from": "2015-02-20T08:00:00+01:00"},
        {"from": "2015-02-20T08:00:00", "to": "2015-02-20T10:00:00"},
        {"from": "2015-02-20T10:00:00+01:00", "to": "2015-02-20T08:00:00+01:00"},
        {"from": "2015-02-20T08:00:00+01:00", "to": "2015-02-21T10:00:00+01:00"},
        {"from": "in the morning", "to": "at noon"},
    ],
)
def test_a_slot_is_two_instants_of_a_day(value: object) -> None:
    assert (problem(value, Takes.SLOT) or "").startswith("expected two instants of a day")


@pytest.mark.parametrize(
    "value",
    [
        None,
        {"period": ["2015-02-01", "2015-02-28"]},
        {"period": ["2015-02-28", "2015-02-01"], "amount": eur("48.90")},
        {"period": ["2015-02-01"], "amount": eur("48.90")},
        {"period": "February", "amount": eur("48.90")},
        {"period": ["2015-02-01", "February"], "amount": eur("48.90")},
        {"period": ["2015-02-01", "2015-02-28"], "amount": "48.90"},
    ],
)
def test_a_bill_has_a_period_and_an_amount(value: object) -> None:
    assert (problem(value, Takes.BILL) or "").startswith("expected a period and an amount")
    assert (problem([value], Takes.CREDITS) or "").startswith("expected a list of 1 to 50 periods and amounts")


@pytest.mark.parametrize(
    "value",
    [
        None,
        {"pair": "63510-D4-017"},
        {"result": "line works"},
        {"result": "line works", "pair": None},
        {"result": "line works", "pair": "63510-D4-017", "none_because": "no access"},
        {"result": "line works", "pair": 17},
    ],
)
def test_a_visit_is_not_closed_without_what_it_used_or_why_nothing(value: object) -> None:
    assert "a visit is not closed without it" in (problem(value, Takes.CLOSING) or "")


@pytest.mark.parametrize(
    "value",
    [
        {"said": "a technician will come, date unknown"},
        {"said": "un technicien viendra"},
        {"said": "Votre ligne sera rétablie prochainement."},
        {"said": "a technician will come", "by": "soon"},
        {"said": ""},
        None,
    ],
)
def test_what_is_announced_without_its_date_is_no_answer(value: object) -> None:
    assert "what is announced without its date is no answer" in (problem(value, Takes.ANSWER) or "")


def test_a_pair_is_named() -> None:
    assert (problem({"pair": None}, Takes.PAIR) or "").startswith("expected an object like")


def test_the_day_of_a_value_is_the_one_it_names() -> None:
    found = [
        day_told(value, takes)
        for takes, value in ((Takes.DATE, "2015-02-20"), (Takes.SLOT, SLOT), (Takes.BILL, BILL), (Takes.DATE, None))
    ]

    assert found == [date(2015, 2, 20), date(2015, 2, 20), None, None]
