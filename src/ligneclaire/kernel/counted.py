"""Numbers with their nouns, for what operators read."""

from __future__ import annotations


def counted(count: int, one: str, many: str = "") -> str:
    """A number with its noun: `1 line`, `2 lines`; `many` where it is not `one` with an s."""
    return f"{count} {one if count == 1 else many or one + 's'}"
