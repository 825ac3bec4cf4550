"""How close a name that somebody typed is to one that we know."""

from __future__ import annotations

from difflib import SequenceMatcher

CLOSE = 0.7  # a slip in a word of four letters or more, two in a long one


def likeness(typed: str, name: str) -> float:
    """From 0 to 1 for two plain texts, in any order of words; 0 when a word that was typed is like none of the name."""
    words = name.split()
    nearest = [max((_ratio(word, other) for other in words), default=0.0) for word in typed.split()]
    return sum(nearest) / len(nearest) if nearest and min(nearest) >= CLOSE else 0.0


def _ratio(typed: str, word: str) -> float:
    return SequenceMatcher(None, typed, word, autojunk=False).ratio()
