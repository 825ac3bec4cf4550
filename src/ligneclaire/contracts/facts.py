"""What actions of this package record that departments never state."""

from __future__ import annotations

REASON_DECIDED = "contracts.reason_decided"
"""Whether the reason that came with a request frees a contract of the fee: reason, accepted, request."""
