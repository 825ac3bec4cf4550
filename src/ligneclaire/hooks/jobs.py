"""The jobs of postings: each is written in the transaction that writes, or frees, what it is for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

TASK, QUEUE = "api.post_hook", "hooks"  # a queue of their own: a slow receiver holds up nobody's message


def post_later(postings: Iterable[UUID]) -> None:
    """Give each of these postings its first job."""
    jobs: list[dict[str, JSONValue]] = [{"posting": str(uuid), "tried": 0} for uuid in postings]
    if jobs:
        app.configure_task(TASK, queue=QUEUE).batch_defer(*jobs)


def post_again(posting: UUID, *, tried: int, after: timedelta) -> None:
    """Give a posting that was tried so often its next job."""
    later = app.configure_task(TASK, queue=QUEUE, schedule_in={"seconds": int(after.total_seconds())})
    later.defer(posting=str(posting), tried=tried)
