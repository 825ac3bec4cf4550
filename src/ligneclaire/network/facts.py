"""What actions of this package record that departments never state."""

from __future__ import annotations

GIVEN = "network.given"
"""A line has a resource from now on: resource, kind, line, place."""
RELEASED = "network.released"
"""A line no longer has it."""
BUILD_CANCELLED = "network.build_cancelled"
"""What was ordered is not built after all: the line is over, works, or has got another."""
BUILD_ORDERED = "network.build_ordered"
"""Nothing was free: reference, site, kind, line, the day by which it is there."""
