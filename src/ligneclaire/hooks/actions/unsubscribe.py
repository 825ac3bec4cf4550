"""Another system no longer wants to know."""

from __future__ import annotations

from datetime import datetime

from ligneclaire.hooks.models import Subscription
from ligneclaire.hooks.queries.subscriptions import SubscriptionUnknown
from ligneclaire.kernel.actor import Actor


def unsubscribe(*, name: str, by: Actor, at: datetime) -> None:
    """Forget a subscription, and all that was sent to it."""
    deleted, _ = Subscription.objects.filter(name=name).delete()
    if not deleted:
        raise SubscriptionUnknown(name=name)
