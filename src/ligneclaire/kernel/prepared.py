"""Statements that are long to plan, and planned once for each connection."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg import Cursor


class _Planned(Cursor[Any]):
    """Django has the driver write values into the text of a statement, which PostgreSQL then plans each time."""

    def execute(self, query: Any, params: Any = None, **_options: Any) -> Self:
        return super().execute(query, params, prepare=True)


@contextmanager
def prepared() -> Iterator[CursorWrapper]:
    """A cursor for statements whose text is always the same; values go beside it, so that they need a type there."""
    connection.ensure_connection()
    wrap = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    with connection.wrap_database_errors, wrap(_Planned(connection.connection)) as cursor:  # type: ignore[arg-type]  # as Django
        yield cursor
