"""JSON is read strictly, and what is wrong is said in words."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligneclaire.kernel.strict_json import NotJson, read_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(VALUES)
def test_a_value_is_read_as_it_was_written(value: object) -> None:
    assert read_json(json.dumps(value).encode()) == value


@given(st.binary())
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        value = read_json(content)
    except NotJson:
        return
    assert read_json(json.dumps(value).encode()) == value


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not JSON at column 1: Expecting value"),
        (b'{"a": 1', "not JSON at column 8: Expecting ',' delimiter"),
        (b'{"a": 1,\n"b" 2}', "not JSON at line 2, column 5: Expecting ':' delimiter"),
        (b"{} {}", "not JSON at column 4: Extra data"),
        (b'{"a": "\xff"}', "not UTF-8 at byte 7"),
        (b'{"a": "\x00"}', "not JSON at column 8: Invalid control character at"),
        (b'{"a": 1, "b": {"c": 1, "c": 1}}', "the key 'c' stands twice in one object"),
        (b"[NaN]", "NaN is not a JSON value"),
        (b"[-Infinity]", "-Infinity is not a JSON value"),
        (b"[1e400]", "1e400 is too large a number"),
        (b"9" * 5000, "a number of 5000 digits is too large"),
        (b"[" * 100_000, "nested too deeply"),
    ],
)
def test_what_is_wrong_is_said(content: bytes, reason: str) -> None:
    with pytest.raises(NotJson) as refused:
        read_json(content)

    assert str(refused.value) == reason


def test_a_byte_order_mark_is_forgiven() -> None:
    assert read_json(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}
