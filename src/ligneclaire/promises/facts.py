"""What actions of this package record that departments never state."""

from __future__ import annotations

PROMISE_CLOSED = "promises.closed"
"""Somebody said what came of a promise in their own words: the promise, its state."""
