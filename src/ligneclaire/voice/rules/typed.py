"""The dates and amounts in what somebody typed, and whether the customer was told them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ligneclaire.people.rules.days import MONTHS
from ligneclaire.people.rules.plain import plain

NUMERIC = re.compile(r"\b(\d{1,2})[./](\d{1,2})[./](\d{4})\b")
ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
IN_WORDS = re.compile(r"\b(\d{1,2})(?:er|st|nd|rd|th)?[\s\u00a0\u202f]+([^\W\d_]+)(?:[\s\u00a0\u202f]+(\d{4}))?\b")
NUMBER = r"(\d{1,3}(?:[\s\u00a0\u202f]\d{3})+|\d+)(?:[.,](\d{2}))?"
AMOUNTS = (re.compile(rf"{NUMBER}[\s\u00a0\u202f]*(?:€|(?:euros?|EUR)\b)"), re.compile(rf"€\s*{NUMBER}"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A date or an amount in a text, as typed, and whether it is one that the customer knows."""

    typed: str
    value: date | Decimal
    is_told: bool


def mentions(text: str, *, today: date, dates: Collection[date], amounts: Collection[Decimal]) -> tuple[Mention, ...]:
    """The dates and amounts of a text in their order, each once; a day without a year is the next one that comes."""
    found: dict[date | Decimal, Mention] = {}
    for _, typed, value in sorted(_found(text, today), key=lambda one: one[0]):
        told: Collection[date | Decimal] = dates if isinstance(value, date) else amounts
        found.setdefault(value, Mention(typed=typed, value=value, is_told=value in told))
    return tuple(found.values())


def _found(text: str, today: date) -> Iterator[tuple[int, str, date | Decimal]]:
    for start, typed, day in _days(text, today):
        if day:
            yield start, typed, day
    for pattern in AMOUNTS:
        for match in pattern.finditer(text):
            yield match.start(), match[0], Decimal(f"{''.join(match[1].split())}.{match[2] or '00'}")


def _days(text: str, today: date) -> Iterable[tuple[int, str, date | None]]:
    for match in NUMERIC.finditer(text):
        yield match.start(), match[0], _day(int(match[3]), int(match[2]), int(match[1]))
    for match in ISO.finditer(text):
        yield match.start(), match[0], _day(int(match[1]), int(match[2]), int(match[3]))
    for match in IN_WORDS.finditer(text):
        month = MONTHS.get(plain(match[2]))
        if month:
            yield match.start(), match[0], _in_words(int(match[1]), month, match[3], today)


def _in_words(day: int, month: int, year: str | None, today: date) -> date | None:
    if year:
        return _day(int(year), month, day)
    this_year = _day(today.year, month, day)
    return this_year if this_year is None or this_year >= today else _day(today.year + 1, month, day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
