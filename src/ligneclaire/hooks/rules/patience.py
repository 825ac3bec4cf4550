"""How long an event waits until it is tried again."""

from __future__ import annotations

from datetime import timedelta

SHORTEST, LONGEST = timedelta(seconds=5), timedelta(hours=6)
UNTIL = timedelta(days=3)


def wait(tries: int, failing_for: timedelta) -> timedelta | None:
    """Four times as long each time, at most six hours; None after three days."""
    return None if failing_for >= UNTIL else min(SHORTEST * 4 ** min(tries - 1, 10), LONGEST)
