"""What actions of this package record that departments never state."""

from __future__ import annotations

CUSTOMER_MERGED = "people.customer_merged"
CUSTOMER_UNMERGED = "people.customer_unmerged"
"""Recorded for each number of those whom it concerns; `survivor` is who is meant by that number from then on."""
ADDRESSING = frozenset({CUSTOMER_MERGED, CUSTOMER_UNMERGED})
