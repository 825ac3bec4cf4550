"""Equal values have one text; values that JSON cannot keep have none."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligneclaire.kernel.canonical import canonical, digest

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


def nested(depth: int) -> list[object]:
    value: list[object] = []
    for _ in range(depth):
        value = [value]
    return value


def test_keys_are_sorted_and_nothing_is_added() -> None:
    assert canonical({"b": [1, True, None], "a": ("é", {})}) == '{"a":["é",{}],"b":[1,true,null]}'


@given(values)
def test_the_text_reads_back_as_the_value(value: object) -> None:
    assert json.loads(canonical(value)) == value


@given(st.dictionaries(st.text(), values, max_size=4))
def test_the_order_in_which_keys_came_does_not_matter(value: dict[str, object]) -> None:
    assert canonical(dict(reversed(value.items()))) == canonical(value)


def test_one_and_true_are_not_the_same_value() -> None:
    assert [canonical(1), canonical(True), canonical("1")] == ["1", "true", '"1"']


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (1.0, "not a JSON value: float"),
        ([float("nan")], "not a JSON value: float"),
        ({"a": Decimal(1)}, "not a JSON value: Decimal"),
        ({1: "a"}, "a key must be a string: 1"),
        ({1}, "not a JSON value: set"),
        (nested(100_000), "nested too deeply"),
    ],
)
def test_what_is_not_json_is_refused_with_the_reason(value: object, message: str) -> None:
    with pytest.raises(ValueError) as refused:
        canonical(value)

    assert str(refused.value) == message


def test_the_digest_is_the_sha256_of_the_text() -> None:
    assert digest({"a": "é"}).hex() == "b3a092a6af48807fa9482b2ee140105575daa26d5b24b3c0e60a7e2dee6683b1"


def test_half_a_character_has_no_digest() -> None:
    with pytest.raises(ValueError):
        digest("\ud800")
