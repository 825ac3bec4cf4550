"""Several at once: each piece of work in a thread and on a database connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection

T = TypeVar("T")


def together(*work: Callable[[], T], seconds: float = 60) -> list[T | BaseException]:
    """Do all of this at once; what each returned, or the exception that ended it, in the order given."""
    with ThreadPoolExecutor(max_workers=len(work)) as pool:
        begun = [pool.submit(_on_its_own, piece) for piece in work]
        return [one.exception(timeout=seconds) or one.result() for one in begun]


def _on_its_own(work: Callable[[], T]) -> T:
    try:
        return work()
    finally:
        connection.close()
