"""The places in a standard text that are filled with what is known of the matter in hand."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

PLACE = re.compile(r"\{([^{}]*)\}")
SHORTCUT = re.compile(r"^[ \t]*::(\S+)[ \t]*(?=\r?$)", re.MULTILINE)  # browsers end lines with both


class Variable(StrEnum):
    """All that a standard text may have filled in; their names stand with the words of each language."""

    CUSTOMER = "customer"
    ADVISER = "adviser"
    PHONE = "phone"
    OFFER = "offer"
    CASE = "case"
    PROMISED = "promised"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What stands in braces, and in which line."""

    line: int
    word: str


def places(text: str) -> tuple[Place, ...]:
    """Everything in braces, in its order."""
    return tuple(Place(line=text.count("\n", 0, found.start()) + 1, word=found[1]) for found in PLACE.finditer(text))


def unknown(text: str, names: Collection[str]) -> tuple[Place, ...]:
    """The places whose name is none of these."""
    return tuple(place for place in places(text) if plain(place.word) not in names)


def left(text: str, names: Collection[str]) -> tuple[str, ...]:
    """The places that are still to be filled, each once, as they stand."""
    return tuple(dict.fromkeys(f"{{{place.word}}}" for place in places(text) if plain(place.word) in names))


def fill(text: str, values: Mapping[str, str]) -> str:
    """Set in what is known, by name; what is not known stays visible."""
    return PLACE.sub(lambda found: values.get(plain(found[1]), found[0]), text)


def expand(text: str, texts: Mapping[str, str]) -> str:
    """Put the text of each shortcut that stands alone on a line in its place; shortcuts of nothing stay."""
    return SHORTCUT.sub(lambda found: texts.get(found[1].casefold(), found[0]), text)


def plain(name: str) -> str:
    """A name as it is compared: however large, with whatever spaces."""
    return " ".join(name.split()).casefold()
