"""Spans of time between two instants, half-open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

Span = tuple[datetime, datetime]


def utc(at: datetime) -> datetime:
    """The instant on the one clock on which hours can be added and compared."""
    if at.tzinfo is None:
        raise ValueError(f"an instant needs a time zone: {at.isoformat()}")
    return at.astimezone(UTC)


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same time in UTC, in order, each moment once; what overlaps or meets is one span."""
    found: list[Span] = []
    for begins, ends in sorted((utc(begins), utc(ends)) for begins, ends in spans):
        if ends < begins:
            raise ValueError(f"a span ends after it begins: {begins.isoformat()} to {ends.isoformat()}")
        if begins == ends:
            continue
        if found and begins <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        else:
            found.append((begins, ends))
    return tuple(found)


def without(span: Span, taken: Iterable[Span]) -> tuple[Span, ...]:
    """What is left of a span when others, joined before, are taken out of it."""
    left: list[Span] = []
    begins, last = span
    for out_from, out_to in taken:
        if begins < min(out_from, last):
            left.append((begins, min(out_from, last)))
        begins = max(begins, out_to)
    if begins < last:
        left.append((begins, last))
    return tuple(left)
