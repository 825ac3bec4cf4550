"""What actions of this package record that departments never state."""

from __future__ import annotations

GIVEN = "network.given"
"""A line has a resource from now on: resource, kind, line, place."""
RELEASED = "network.released"
"""A line no longer has it."""
BUILD_CANCELLED = "network.build_cancelled"
"""The line for which something was to be built is over, so it is not built: as it was ordered."""
BUILD_ORDERED = "network.build_ordered"
"""Nothing was free: reference, site, kind, line, the day by which it is there."""
