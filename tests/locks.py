"""The order in which something takes its locks: customers before any row of theirs, all of them at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

HELD = re.compile(r"C-\d+")


@contextmanager
def locking() -> Iterator[list[set[str]]]:
    """Which customers are held by each lock that is taken in here, in that order; none by the lock of another row."""
    found: list[set[str]] = []
    with CaptureQueriesContext(connection) as done:
        yield found
    taken = [query["sql"] for query in done.captured_queries if "FOR UPDATE" in query["sql"]]
    found.extend(set(HELD.findall(sql)) if "facts_delivery" in sql else set() for sql in taken)
