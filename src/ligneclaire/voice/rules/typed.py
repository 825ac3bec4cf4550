"""The dates and amounts in what somebody typed, and whether the customer was told them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ligneclaire.people.rules.days import read_day

DAY = re.compile(
    r"\b(?:(?P<whole>\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4})"
    r"|(?P<day>\d{1,2}(?:er|st|nd|rd|th)?)\s+(?P<month>[^\W\d_]+)(?:\s+(?P<year>\d{4}))?)\b"
)
GROUPED = r"\d{1,3}(?:[\s,.'’]\d{3}){1,4}|\d{1,12}(?:[,.'’]\d{3}){0,4}"  # "1.500" is the larger that it may be
NUMBER = rf"(?P<whole>{GROUPED})(?:[.,](?P<cents>\d{{1,2}}))?(?!\d)"
NO_DIGIT = re.compile(r"\D")
AMOUNTS = (
    re.compile(rf"(?<!\d){NUMBER}\s{{0,3}}(?:€|(?:euros?|eur)\b)", re.IGNORECASE),
    re.compile(rf"(?:€|\beur)\s{{0,3}}{NUMBER}", re.IGNORECASE),
)


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
            yield match.start(), match[0], Decimal(f"{NO_DIGIT.sub('', match['whole'])}.{match['cents'] or '00'}")


def _days(text: str, today: date) -> Iterator[tuple[int, str, date | None]]:
    for match in DAY.finditer(text):
        yield match.start(), match[0], _day(match, today)


def _day(match: re.Match[str], today: date) -> date | None:
    if match["whole"]:
        return read_day(match["whole"])
    named = f"{match['day']} {match['month']}"
    if match["year"]:
        return read_day(f"{named} {match['year']}")
    this_year = read_day(f"{named} {today.year}")
    return this_year if this_year is None or this_year >= today else read_day(f"{named} {today.year + 1}")
