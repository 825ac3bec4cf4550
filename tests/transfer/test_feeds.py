"""A value is read as the mapping says it is written, and refused by name when it is written otherwise."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from ligneclaire.transfer.feeds import Problem, reader
from ligneclaire.transfer.mapping import Mapping

PARIS = "Europe/Paris"
NEEDED = {
    "history": {"key", "medium", "direction", "text", "happened_at"},
    "contracts": {"number", "customer", "offer", "line", "since"},
}


def values(rows: str, field: str, feed: object, cell: str, **more: object) -> tuple[object, list[Problem]]:
    """What a field reads in a cell."""
    fields = {name: {"constant": ""} for name in NEEDED[rows]} | {field: feed}
    mapping = Mapping.model_validate({"source": "old", "rows": rows, "fields": fields, **more})
    found, problems = reader(mapping, ("c",), zone=PARIS).read((cell,))
    return found.get(field), problems


@pytest.mark.parametrize(
    ("feed", "cell", "value"),
    [
        ("c", "  a \t b ", "a b"),
        ("Nr. {c}", "7", "Nr. 7"),
        ({"column": "c", "table": {"F": "fr"}}, " F ", "fr"),
        ({"column": "c", "table": {"F": "fr"}, "otherwise": "en"}, "D", "en"),
        ({"column": "c", "table": {"F": "fr"}}, "", None),
        ({"column": "c", "otherwise": "none"}, "", "none"),
        ({"column": "c", "otherwise": "none"}, "some", "some"),
    ],
)
def test_a_line_of_text(feed: object, cell: str, value: object) -> None:
    assert values("history", "key", feed, cell) == (value, [])


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("2024-07-02 08:15", datetime(2024, 7, 2, 8, 15, tzinfo=ZoneInfo(PARIS))),
        ("2024-07-02T08:15:00Z", datetime(2024, 7, 2, 8, 15, tzinfo=UTC)),
        (" ", None),
    ],
)
def test_an_instant_is_of_the_operators_zone_unless_it_says_another(cell: str, value: object) -> None:
    assert values("history", "happened_at", "c", cell) == (value, [])
    if value:
        assert values("history", "happened_at", "c", cell)[0].tzinfo == value.tzinfo  # type: ignore[attr-defined]


def test_a_text_is_cut_where_the_mapping_allows_it() -> None:
    cut, _ = values("history", "text", {"column": "c", "cut": True}, "x" * 20_000)

    assert (len(str(cut)), str(cut)[-6:]) == (10_000, "xx […]")
    assert values("history", "text", "c", "a\r\nb\rc\x00") == ("a\nb\nc", [])


@pytest.mark.parametrize(
    ("field", "feed", "cell", "value"),
    [
        ("concluded_on", "c", " ", None),
        ("concluded_on", {"column": "c", "date": "%d.%m.%y"}, "09.02.15", "2015-02-09"),
        ("commitment_fee", "c", "1 234,5", "1234.50"),
        ("commitment_fee", "c", "", None),
        ("commitment_months", "c", "24 ", 24),
        ("commitment_months", "c", "", None),
        ("commitment_subsidised_handset", "c", "Oui", True),
        ("commitment_subsidised_handset", "c", "", False),
        ("equipment_serial", "c", " A 1 ", ["A 1"]),
        ("equipment_serial", {"column": "c", "split": "|"}, "A|| B", ["A", "B"]),
    ],
)
def test_days_amounts_numbers_and_lists(field: str, feed: object, cell: str, value: object) -> None:
    assert values("contracts", field, feed, cell, decimal=",") == (value, [])


def test_an_amount_may_have_a_point() -> None:
    assert values("contracts", "commitment_fee", "c", "1234.5") == ("1234.50", [])


@pytest.mark.parametrize(
    ("field", "cell", "reason"),
    [
        ("concluded_on", "9/2/15", "'9/2/15' is not a day such as %Y-%m-%d"),
        ("commitment_months", "²", "'²' is not a whole number"),
        ("commitment_subsidised_handset", "perhaps", "'perhaps' is neither yes nor no"),
    ],
)
def test_what_is_written_otherwise_is_named(field: str, cell: str, reason: str) -> None:
    assert values("contracts", field, "c", cell) == (None, [Problem(column="c", reason=reason)])
