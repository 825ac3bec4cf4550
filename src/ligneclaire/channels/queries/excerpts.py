"""What we wrote, and what was said elsewhere, by the words in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import connection

from ligneclaire.channels.rules.sensitive import masked
from ligneclaire.facts.sql import named
from ligneclaire.people.rules.plain import plain

SQL = named(Path(__file__).with_suffix(".sql"))
ENTRY = "entry"
TELLING = 3  # letters of a word that may also be the beginning of a longer one
RECENT = 5_000  # that may be read one by one
BEGIN, END = "\ue000", "\ue001"  # signs that no text has
MARKS = f'StartSel="{BEGIN}", StopSel="{END}"'
WHOLE = f"{MARKS}, HighlightAll=true"
FRAGMENTS = f'{MARKS}, MaxFragments=2, MinWords=6, MaxWords=18, FragmentDelimiter=" … "'
MARKED = re.compile(f"{BEGIN}(.*?){END}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of an excerpt, or one of the words that were looked for."""

    text: str
    is_hit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A message or an entry, and where it says what somebody looks for; a copy by a second channel is none.

    What is sensitive in an entry is masked.
    """

    is_entry: bool
    uuid: UUID
    customer: str
    channel: str  # or the medium of an entry
    subject: str  # or its direction
    state: str
    written_at: datetime
    title: tuple[Piece, ...]
    passage: tuple[Piece, ...]


def of(text: str, *, limit: int) -> tuple[Excerpt, ...]:
    """The newest that say all these words, or words of the same stem or beginning, accents or not."""
    words, numbers = _parted(text)
    if not any(map(_is_telling, words)):
        return ()
    *whole, last = words  # of which the last may still be being typed
    wanted = " & ".join([*whole, f"{last}:*" if _is_telling(last) else last])
    asked = {"words": wanted, "numbers": numbers, "whole": WHOLE, "fragments": FRAGMENTS}
    with connection.cursor() as cursor:
        cursor.execute(SQL["newest"], asked | {"limit": limit, "recent": RECENT})
        rows = cursor.fetchall()
        if texts := [masked(row[-1]) for row in rows if row[0] == ENTRY]:
            cursor.execute(SQL["passages"], asked | {"texts": texts})
            passages = iter([passage for (passage,) in cursor.fetchall()])
    return tuple(
        Excerpt(
            is_entry=kind == ENTRY,
            uuid=uuid,
            customer=customer,
            channel=channel,
            subject=subject,
            state=state,
            written_at=written_at,
            title=tuple(_pieces(title)),
            passage=tuple(_pieces(next(passages) if kind == ENTRY else passage)),
        )
        for kind, uuid, customer, channel, subject, state, written_at, title, passage in rows
    )


def _parted(text: str) -> tuple[list[str], str]:
    """Words in plain letters, and everything with a digit as it is typed: PostgreSQL knows how it reads numbers."""
    tokens = text.split()
    numbers = [token for token in tokens if any(map(str.isdigit, token))]
    return plain(" ".join(token for token in tokens if token not in numbers)).split(), " ".join(numbers)


def _is_telling(word: str) -> bool:
    return len(word) >= TELLING


def _pieces(headline: str) -> Iterator[Piece]:
    for place, text in enumerate(MARKED.split(headline)):
        if text:
            yield Piece(text=text, is_hit=place % 2 == 1)
