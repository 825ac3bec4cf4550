"""Operators read one line and two lines."""

from __future__ import annotations

import pytest

from ligneclaire.kernel.counted import counted


@pytest.mark.parametrize(
    ("count", "words", "written"),
    [
        (0, ("line",), "0 lines"),
        (1, ("line",), "1 line"),
        (2, ("line",), "2 lines"),
        (1, ("letter waits", "letters wait"), "1 letter waits"),
        (2, ("letter waits", "letters wait"), "2 letters wait"),
    ],
)
def test_a_number_agrees_with_its_noun(count: int, words: tuple[str, ...], written: str) -> None:
    assert counted(count, *words) == written
