"""A message as a text message, and how many parts it costs."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from ligneclaire.channels.content import Content

# 3GPP TS 23.038: the default alphabet in its order, then what takes two places in it, behind the sign that escapes.
ONE = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
ESCAPE = ONE.index("\x1b")
TWO = {"\f": 10, "^": 20, "{": 40, "}": 41, "\\": 47, "[": 60, "~": 61, "]": 62, "|": 64, "€": 101}
_GSM_7 = frozenset(ONE) - {"\x1b"} | TWO.keys()

# One typographic sign would more than halve the room of a part.
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "œ": "oe", "Œ": "OE"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """What a text message costs: units are septets in GSM-7 and pairs of bytes in UCS-2."""

    coding: str
    units: int
    parts: int


def text_of(content: Content) -> str:
    """Say it in one sentence, then who answers and under which reference."""
    sentence = content.sms or content.subject
    stop = "" if sentence.endswith((".", "!", "?")) else "."
    contact = content.contact
    return plain(f"{sentence}{stop} {contact.name}, {contact.phone}, {content.reference}")


def plain(text: str) -> str:
    """Write typographic signs as a telephone's keyboard does; accents stay."""
    quoted = re.sub(r"«\s*|\s*»", '"', unicodedata.normalize("NFC", text))
    return " ".join(quoted.translate(_PLAIN).split())


def length_of(text: str) -> Length:
    """Count as a network does: 160 places, or 70 beyond its own alphabet, fewer when in several parts."""
    if set(text) <= _GSM_7:
        return _length("GSM-7", [2 if letter in TWO else 1 for letter in text], alone=160, joined=153)
    return _length("UCS-2", [len(letter.encode("utf-16-be")) // 2 for letter in text], alone=70, joined=67)


def _length(coding: str, sizes: list[int], *, alone: int, joined: int) -> Length:
    units = sum(sizes)
    if units <= alone:
        return Length(coding=coding, units=units, parts=1)
    parts, used = 1, 0
    for size in sizes:
        parts, used = (parts, used + size) if used + size <= joined else (parts + 1, size)
    return Length(coding=coding, units=units, parts=parts)
