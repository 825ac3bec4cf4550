"""The jobs of postings: each is written in the transaction that writes, or frees, what it is for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

TASK = "api.post_hook"
# Queues of their own, with a hand each: a slow receiver holds up nobody's message, and never more than one hand.
LANES = ("hooks-0", "hooks-1", "hooks-2", "hooks-3")


def lane_of(subscription: int) -> str:
    """The queue of everything that goes to one subscription."""
    return LANES[subscription % len(LANES)]


def post_later(postings: Iterable[tuple[UUID, int]]) -> None:
    """Give each of these postings, named with its subscription, its first job."""
    lanes: defaultdict[str, list[dict[str, JSONValue]]] = defaultdict(list)
    for uuid, subscription in postings:
        lanes[lane_of(subscription)].append({"posting": str(uuid), "tried": 0})
    for lane, jobs in sorted(lanes.items()):
        app.configure_task(TASK, queue=lane).batch_defer(*jobs)


def post_again(posting: UUID, subscription: int, *, tried: int, after: timedelta) -> None:
    """Give a posting that was tried so often its next job."""
    later = app.configure_task(TASK, queue=lane_of(subscription), schedule_in={"seconds": int(after.total_seconds())})
    later.defer(posting=str(posting), tried=tried)
