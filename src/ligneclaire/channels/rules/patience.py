"""How long a message waits until it is tried again, and when a person has to look."""

from __future__ import annotations

from datetime import timedelta

SHORTEST, LONGEST = timedelta(minutes=1), timedelta(hours=4)
UNTIL = timedelta(days=5)  # RFC 5321 4.5.4.1


def wait(failing_for: timedelta) -> timedelta | None:
    """As long again as it has been failing, at least a minute and at most four hours; None after five days."""
    return None if failing_for >= UNTIL else min(max(failing_for, SHORTEST), LONGEST)
