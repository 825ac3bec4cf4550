"""What actions of this package record that departments never state."""

from __future__ import annotations

CONTACT_LOGGED = "cases.contact_logged"
"""Somebody wrote down what was said elsewhere: the entry, its medium."""
