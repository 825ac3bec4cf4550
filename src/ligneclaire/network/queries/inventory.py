"""Everything of the network that an inventory of another make holds, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.db import connection

from ligneclaire.facts.sql import named

SQL = named(Path(__file__).with_suffix(".sql"))
AT_ONCE = 5_000
Row = dict[str, str | int | bool]


def rows(kind: str) -> Iterator[Row]:
    """All sites with the one at their top, all resources with who has them, or all lines."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(SQL[kind])
        while found := cursor.fetchmany(AT_ONCE):
            names = [column.name for column in cursor.description or ()]
            yield from (dict(zip(names, row, strict=True)) for row in found)
