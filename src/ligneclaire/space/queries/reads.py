"""Who of ours read a customer's record."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from ligneclaire.cases.queries import reads
from ligneclaire.cases.queries.reads import ReadCard
from ligneclaire.space import words

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLine:
    """A reading as its customer sees it: when, who, what, and why."""

    at: datetime
    who: str
    what: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reads:
    """A page of the list, newest first; `older` and `newer` are the numbers of the pages beside it."""

    lines: tuple[ReadLine, ...]
    older: int | None
    newer: int | None


def of(numbers: Collection[str], *, page: int) -> Reads:
    """Who read the record of a person under any of these numbers; pages count from 1."""
    found = reads.of(numbers, limit=PAGE + 1, skip=(page - 1) * PAGE)
    return Reads(
        lines=tuple(_line(card) for card in found[:PAGE]),
        older=page + 1 if len(found) > PAGE else None,
        newer=page - 1 if page > 1 else None,
    )


def _line(card: ReadCard) -> ReadLine:
    return ReadLine(
        at=card.at, who=words.short_name(card.adviser_name), what=words.read_page(card), why=words.why_read(card)
    )
