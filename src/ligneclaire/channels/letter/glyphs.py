"""What the fonts of the letter can print, and where its lines may break."""

from __future__ import annotations

import re
import struct
import unicodedata
from functools import cache
from pathlib import Path

from ligneclaire.channels.spaces import held_together

_FONTS = Path(__file__).parent / "fonts"
_UNICODE_FULL = 12
_ENDLESS_WORD = re.compile(r"\S{28,}")


def printable(text: str) -> str:
    """Replace what no font of ours can show, because an archivable PDF may not contain a missing glyph."""
    known = _known()
    text = unicodedata.normalize("NFC", text)
    if known.issuperset(map(ord, text)):
        return text
    return "".join(letter if ord(letter) in known else _nearest(letter, known) for letter in text)


def unbroken(text: str) -> str:
    """Keep telephone numbers and `20 février 2026` on one line, and let a word without end go on to the next."""
    return _ENDLESS_WORD.sub(lambda word: "\u200b".join(word[0]), held_together(text))


def _nearest(letter: str, known: frozenset[int]) -> str:
    plain = unicodedata.normalize("NFKC", letter)
    if all(ord(part) in known for part in plain):
        return plain
    kind = unicodedata.category(letter)
    if kind in {"Mn", "Me", "Cf"}:
        return ""
    return " " if kind in {"Cc", "Zl", "Zp", "Zs"} else "?"


@cache
def _known() -> frozenset[int]:
    return frozenset.intersection(*(_characters(path.read_bytes()) for path in sorted(_FONTS.glob("*.otf"))))


def _characters(font: bytes) -> frozenset[int]:
    (tables,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4s4xL", font, 12 + 16 * table) for table in range(tables))
    cmap = dict(records)[b"cmap"]
    (encodings,) = struct.unpack_from(">H", font, cmap + 2)
    starts = {cmap + struct.unpack_from(">4xL", font, cmap + 4 + 8 * encoding)[0] for encoding in range(encodings)}
    full = next(start for start in sorted(starts) if struct.unpack_from(">H", font, start)[0] == _UNICODE_FULL)
    (groups,) = struct.unpack_from(">L", font, full + 12)
    ranges = (struct.unpack_from(">LL", font, full + 16 + 12 * group) for group in range(groups))
    return frozenset(code for first, last in ranges for code in range(first, last + 1))
