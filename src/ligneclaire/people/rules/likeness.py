"""How close a name that somebody typed is to one that we know."""

from __future__ import annotations

from collections.abc import Collection
from difflib import SequenceMatcher

CLOSE = 0.7  # a slip in a word of four letters or more, two in a long one
LONG = 4  # letters, of a word with two halves that say something


def likeness(typed: str, name: str) -> float:
    """From 0 to 1 for two plain texts, in any order of words; 0 when a word that was typed is like none of the name."""
    words = name.split()
    nearest = [max((_ratio(word, other) for other in words), default=0.0) for word in typed.split()]
    return sum(nearest) / len(nearest) if nearest and min(nearest) >= CLOSE else 0.0


def half_right(typed: str) -> Collection[str]:
    """A pattern for each long word of a plain text: a slip spoils one half, or swaps the letters in the middle."""
    return [_half_right(word, len(word) // 2) for word in typed.split() if len(word) >= LONG]


def _half_right(word: str, middle: int) -> str:
    first, last = word[:middle], word[middle:]
    return f"(^| )({first}|{first[:-1]}..{last[1:]}( |$))|{last}( |$)"


def _ratio(typed: str, word: str) -> float:
    return SequenceMatcher(None, typed, word, autojunk=False).ratio()
