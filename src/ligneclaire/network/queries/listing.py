"""The network as a table, for other systems: the columns that an import reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.db import connection

from ligneclaire.facts.sql import named

SQL = named(Path(__file__).with_suffix(".sql"))
KINDS = tuple(SQL)


def as_csv(kind: str) -> Iterator[bytes]:
    """All rows of a kind as CSV with a first line of names, piece by piece."""
    with connection.cursor() as cursor, cursor.copy(f"COPY ({SQL[kind]}) TO STDOUT WITH (FORMAT csv, HEADER)") as rows:
        for piece in rows:
            yield bytes(piece)
