"""Names for things: links between packages, identifiers, and the short references people read aloud."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self
from uuid import UUID

from ligneclaire.kernel.canonical import digest

KIND = re.compile(r"[a-z][a-z0-9_]*")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PREFIX = "LC"
ALIKE = str.maketrans("OIL", "011")
SEPARATORS = re.compile(r"[\s\u2010-\u2015\u2212-]+")
LENGTH = 8


@dataclass(frozen=True, slots=True)
class Ref:
    """A link to a thing by kind and public number, printed as "contract:K-ADSL-1"."""

    kind: str
    number: str

    def __post_init__(self) -> None:
        if not KIND.fullmatch(self.kind):
            raise ValueError(f"not a kind of thing: {self.kind[:40]!r}")
        if not self.number or not self.number.isprintable() or self.number != self.number.strip():
            raise ValueError(f"not a number: {self.number[:40]!r}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `str()` printed."""
        kind, colon, number = text.partition(":")
        if not colon:
            raise ValueError(f"not a reference: {text[:40]!r}")
        return cls(kind, number)

    def __str__(self) -> str:
        return f"{self.kind}:{self.number}"


def uuid7(at: datetime, random_bits: Callable[[int], int] = secrets.randbits) -> UUID:
    """A new identifier that sorts by time (RFC 9562 version 7)."""
    if at.tzinfo is None:
        raise ValueError(f"an instant needs a time zone: {at.isoformat()}")
    milliseconds = (at - EPOCH) // timedelta(milliseconds=1)
    return _uuid(version=7, bits=milliseconds << 80 | random_bits(80))


def uuid_of(*parts: str) -> UUID:
    """The identifier that follows from these parts, the same on every run (RFC 9562 version 8)."""
    return _uuid(version=8, bits=int.from_bytes(digest(parts)[:16]))


def reference_of(*parts: str, salt: int = 0) -> str:
    """The short reference that follows from these parts, such as "LC-7K2M-9QX4"; another salt if it is taken."""
    bits = int.from_bytes(digest([*parts, salt]))
    values = [bits >> 5 * place & 31 for place in range(LENGTH - 1)]
    return _written([*values, _check(values)])


def parse_reference(text: str) -> str | None:
    """Read a reference as people type it, with or without "LC"; None if it is not one or has a mistake."""
    symbols = SEPARATORS.sub("", text).upper().translate(ALIKE)
    if len(symbols) == len(PREFIX) + LENGTH:
        symbols = symbols.removeprefix(PREFIX.translate(ALIKE))
    if len(symbols) != LENGTH or not set(symbols) <= set(SYMBOLS):
        return None
    values = [SYMBOLS.index(symbol) for symbol in symbols]
    return _written(values) if _check(values) == 0 else None


def _uuid(*, version: int, bits: int) -> UUID:
    bits = bits & ~(0xF << 76) | version << 76
    return UUID(int=bits & ~(0b11 << 62) | 0b10 << 62)


def _written(values: list[int]) -> str:
    symbols = "".join(SYMBOLS[value] for value in values)
    return f"{PREFIX}-{symbols[:4]}-{symbols[4:]}"


def _check(values: list[int]) -> int:
    # Each place weighs another power of x in GF(32), so that one wrong symbol or two swapped neighbours always show.
    state = 0
    for value in values:
        state = (state ^ value) << 1
        state ^= 0b100101 if state & 0b100000 else 0
    return state
