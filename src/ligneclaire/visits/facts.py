"""What actions of this package record: our own records, and what is stated to the voice."""

from __future__ import annotations

BOOKED = "visits.booked"
"""A customer has a time: visit, purpose, line, technician, from, to."""
MOVED = "visits.moved"
"""They have another."""
CANCELLED = "visits.cancelled"
SET_OUT = "visits.set_out"
"""The technician is on the way."""
CLOSED = "visits.closed"
MISSED = "visits.missed"

AT, REPAIR_AT = "visit.at", "visit.repair_at"
"""Stated: from when to when somebody comes; a repair goes its own way beside a move of the same contract."""
VISIT_CLOSED = "visit.closed"
"""Stated: what was found and done, with the pair, port or path that is in use now, or why none."""
VISIT_MISSED = "visit.missed"
"""Stated: nobody came, or nobody was at home."""
WITHDRAWN = "fact.withdrawn"
"""Stated: what was said of a time no longer holds."""
