"""Who listens to what. Read this first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from ligneclaire.facts import delivery
from ligneclaire.facts.delivery import Again, Claim
from ligneclaire.journeys.handlers import Pursued, pursue
from ligneclaire.people.queries import owners
from ligneclaire.voice.handlers import consider
from ligneclaire.voice.queries import rules
from ligneclaire.voice.rules.weigh import weigh

# Everything that is recorded about a customer reaches the journeys, which may state more, and then the voice, which
# opens cases, asks owners and makes promises; it hears what the journeys said at its own instant.
LISTENERS = (pursue, consider)

KEYS_AT_ONCE = 20  # few enough that nobody who records for one of them waits noticeably


def deliver(*, until: datetime, limit: int = KEYS_AT_ONCE) -> int:
    """Handle the news of some customers who are due before an instant; return how many."""
    return delivery.deliver(news, until=until, limit=limit, owner_of=owners.of_news)


def news(claims: Sequence[Claim], *, until: datetime, without: frozenset[int]) -> Mapping[str, Again]:
    """Hand the news of some customers to each listener in turn; for whom only a plan woke, the voice has nothing."""
    current = rules.current()
    weighed = partial(weigh, rules=current)
    pursued = pursue(claims, until=until, without=without, calendar=current.calendar, weigh=weighed)
    again = {claim.key: Again(at=claim.again_at, moving=claim.moving) for claim in claims}
    again |= consider([one for one in claims if _concerns_the_voice(one, until, pursued)], until=until, without=without)
    return {key: replace(one, wake_at=pursued.wakes.get(key)) for key, one in again.items()}


def _concerns_the_voice(claim: Claim, until: datetime, pursued: Pursued) -> bool:
    is_due = claim.again_at is not None and claim.again_at < until
    return claim.has_news or is_due or claim.customer in pursued.stated
