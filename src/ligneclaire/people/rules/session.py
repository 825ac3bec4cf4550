"""Sessions of customers: how long they last without a visit, and how often a visit is written down."""

from __future__ import annotations

from datetime import timedelta

LIFE = timedelta(days=30)
SEEN_EVERY = timedelta(minutes=5)
