"""Reading records: how finely it is logged, and when it is too much."""

from __future__ import annotations

from datetime import datetime, timedelta

LONGEST = 300  # characters in which an adviser says what brought them
QUARTER = 15  # minutes within which opening the same page again is the same reading
ALARM_AT = 200  # customers opened by one adviser within an hour, without a matter in hand
ALARM_SHOWN = timedelta(days=7)


def quarter_of(at: datetime) -> datetime:
    """The beginning of the quarter of an hour in which an instant lies."""
    return at.replace(minute=at.minute - at.minute % QUARTER, second=0, microsecond=0)
