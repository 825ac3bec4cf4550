"""What supervisors look at: counts of a period, from what was counted day by day."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import connection

from ligneclaire.facts.sql import named
from ligneclaire.figures.rules import STANDING, Figure, Span

SQL = named(Path(__file__).with_suffix(".sql"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How often, of which adviser, and about what where that parts it further."""

    figure: Figure
    about: str
    adviser: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The counts of a period; `missing` days were not counted, `standing_on` is the day whose end is shown."""

    span: Span
    missing: int
    standing_on: date | None
    counted_at: datetime | None  # the day that was counted longest ago
    rows: tuple[Counted, ...]
    advisers: Mapping[str, str]
    territories: Mapping[str, str]

    def total(self, figure: Figure, *, adviser: str | None = None, about: str | None = None) -> int:
        """How often in all, or of one adviser, or about one thing."""
        return sum(
            row.count
            for row in self.rows
            if row.figure is figure and adviser in (None, row.adviser) and about in (None, row.about)
        )

    def those(self, figures: Iterable[Figure]) -> tuple[str, ...]:
        """The advisers of whom any of these figures is known, by name."""
        wanted = frozenset(figures)
        found = {row.adviser for row in self.rows if row.figure in wanted}
        return tuple(sorted(found, key=lambda number: (self.advisers.get(number, number), number)))

    def abouts(self, figure: Figure) -> tuple[str, ...]:
        """What a figure is parted by, most first."""
        found = {row.about for row in self.rows if row.figure is figure}
        return tuple(sorted(found, key=lambda about: (-self.total(figure, about=about), about)))


def of(span: Span, *, adviser: str = "", territory: str = "") -> Report:
    """The figures of a period, of all or of one adviser or of those who work for a territory, in one query."""
    given: dict[str, str | date | list[str]] = {
        "first": span.first,
        "last": span.last,
        "standing": [str(figure) for figure in STANDING],
        "adviser": adviser,
        "territory": territory,
    }
    with connection.cursor() as cursor:
        cursor.execute(SQL["report"], given)
        days, last, counted_at, advisers, territories, rows = cursor.fetchone()
    return Report(
        span=span,
        missing=span.days - days,
        standing_on=last,
        counted_at=counted_at,
        rows=tuple(
            Counted(figure=Figure(figure), about=about, adviser=number, count=int(count))
            for figure, about, number, count in json.loads(rows)
        ),
        advisers=dict(json.loads(advisers)),
        territories=dict(json.loads(territories)),
    )
