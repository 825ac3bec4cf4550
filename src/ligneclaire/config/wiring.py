"""Who listens to what. Read this first."""

from __future__ import annotations

from datetime import datetime

from ligneclaire.facts import delivery
from ligneclaire.facts.delivery import Listener
from ligneclaire.people.queries import owners
from ligneclaire.voice.handlers import consider

# Everything that is recorded about a customer reaches the voice; it opens cases, asks owners and makes promises.
NEWS: Listener = consider

KEYS_AT_ONCE = 20  # few enough that nobody who records for one of them waits noticeably


def deliver(*, until: datetime, limit: int = KEYS_AT_ONCE) -> int:
    """Handle the news of some customers who are due before an instant; return how many."""
    return delivery.deliver(NEWS, until=until, limit=limit, owner_of=owners.of_news)
