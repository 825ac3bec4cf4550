"""The one place that reads the system clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class _Clock:
    offset = timedelta()


def now() -> datetime:
    """The present moment in UTC, on our clock."""
    return datetime.now(UTC) + _Clock.offset


def shift_by(offset: timedelta) -> None:
    """Put this process's clock ahead of the system's by `offset`; the last call counts, zero means none."""
    _Clock.offset = offset
