"""Lists in pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.http import HttpRequest

MOST_DIGITS = 5
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paged(Generic[Row]):
    """The rows of a page, and the numbers of the pages beside it."""

    rows: Sequence[Row]
    newer: int | None
    older: int | None


def page_of(request: HttpRequest, name: str = "page") -> int:
    """Which page of a list is asked for; pages count from 1, and what is no number asks for the first."""
    text = request.GET.get(name, "1")
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else 1


def paged(found: Sequence[Row], *, page: int, size: int) -> Paged[Row]:
    """A page of which one row more than fits was looked for, to know whether it is the last."""
    return Paged(
        rows=found[:size],
        newer=page - 1 if page > 1 else None,
        older=page + 1 if len(found) > size else None,
    )
