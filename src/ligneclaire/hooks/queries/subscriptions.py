"""Which other systems want to know what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from ligneclaire.hooks.models import Posting, Subscription
from ligneclaire.hooks.states import PostingState
from ligneclaire.kernel.refusal import Refused


class SubscriptionUnknown(Refused):
    """No subscription has this name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionCard:
    """A subscription: what it wants, whether it is paused and why, and how much waits for it."""

    name: str
    url: str
    kinds: tuple[str, ...]
    paused_at: datetime | None
    paused_because: str
    waiting: int


def listed() -> tuple[SubscriptionCard, ...]:
    """All subscriptions, by name."""
    open_ones = Q(state__in=[PostingState.WAITING, PostingState.HELD])
    counts = dict(
        Posting.objects.filter(open_ones).order_by().values_list("subscription__name").annotate(count=Count("id"))
    )
    return tuple(
        SubscriptionCard(
            name=row.name,
            url=row.url,
            kinds=tuple(row.kinds),
            paused_at=row.paused_at,
            paused_because=row.paused_because,
            waiting=counts.get(row.name, 0),
        )
        for row in Subscription.objects.order_by("name")
    )


def locked(name: str) -> Subscription:
    """The row of a subscription, until the transaction ends."""
    row = Subscription.objects.select_for_update().filter(name=name).first()
    if row is None:
        raise SubscriptionUnknown(name=name)
    return row
