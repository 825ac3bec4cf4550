"""Another system no longer wants to know."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.audit.actions.note_changes import note_changes
from ligneclaire.audit.states import ChangeKind
from ligneclaire.hooks.queries import subscriptions
from ligneclaire.kernel.actor import Actor


@transaction.atomic
def unsubscribe(*, name: str, by: Actor, at: datetime) -> None:
    """Forget a subscription, and all that was sent to it."""
    row = subscriptions.locked(name)
    before = {name: subscriptions.values_of(row)}
    row.delete()
    note_changes(kind=ChangeKind.WEBHOOK, before=before, by=by, at=at)
