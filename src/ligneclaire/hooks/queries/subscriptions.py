"""Which other systems want to know what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from ligneclaire.hooks.models import Posting, Subscription
from ligneclaire.hooks.states import PostingState
from ligneclaire.kernel.refusal import Refused


class SubscriptionUnknown(Refused):
    """No subscription has this name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionCard:
    """A subscription: what it wants, whether it is paused and why, and where what was meant for it stands."""

    name: str
    url: str
    kinds: tuple[str, ...]
    paused_at: datetime | None
    paused_because: str
    waiting: int
    given_up: int
    delivered_at: datetime | None


def listed() -> tuple[SubscriptionCard, ...]:
    """All subscriptions, by name."""
    return _cards(Subscription.objects.order_by("name"))


def by_name(name: str) -> SubscriptionCard:
    """One subscription."""
    found = _cards(Subscription.objects.filter(name=name))
    if not found:
        raise SubscriptionUnknown(name=name)
    return found[0]


def _cards(rows: QuerySet[Subscription]) -> tuple[SubscriptionCard, ...]:
    counted = Posting.objects.filter(subscription__in=rows.order_by()).order_by().values_list("subscription")
    is_open = Q(state__in=[PostingState.WAITING, PostingState.HELD])
    waiting = dict(counted.filter(is_open).annotate(count=Count("id")))
    given_up = dict(counted.filter(state=PostingState.GIVEN_UP).annotate(count=Count("id")))
    delivered = Posting.objects.filter(subscription=OuterRef("pk"), state=PostingState.DELIVERED)
    last = Subquery(delivered.order_by("-recorded_at").values("ended_at")[:1])
    return tuple(
        SubscriptionCard(
            name=row.name,
            url=row.url,
            kinds=tuple(row.kinds),
            paused_at=row.paused_at,
            paused_because=row.paused_because,
            waiting=waiting.get(row.pk, 0),
            given_up=given_up.get(row.pk, 0),
            delivered_at=row.delivered_at,
        )
        for row in rows.annotate(delivered_at=last)
    )


def values_of(row: Subscription) -> dict[str, object]:
    """What is kept of a subscription where it changes; never its secret."""
    return {"url": row.url, "kinds": list(row.kinds), "paused": row.paused_because}


def locked(name: str) -> Subscription:
    """The row of a subscription, until the transaction ends."""
    row = Subscription.objects.select_for_update().filter(name=name).first()
    if row is None:
        raise SubscriptionUnknown(name=name)
    return row
