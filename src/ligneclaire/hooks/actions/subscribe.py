"""Another system wants to know what happens."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from ligneclaire.audit.actions.note_changes import note_changes
from ligneclaire.audit.states import ChangeKind
from ligneclaire.hooks.models import Subscription
from ligneclaire.hooks.queries import subscriptions
from ligneclaire.hooks.rules.address import is_fit
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused

KIND = re.compile(r"\*|[a-z_]+(\.[a-z_]+)*(\.\*)?")
NAME = re.compile(r"[a-z0-9-]{1,40}")


class AddressUnfit(Refused):
    """Events go to https:// addresses, or http://localhost, without user, password and fragment."""


class KindsUnfit(Refused):
    """A kind is a name such as channels.message_sent, the beginning of some such as closing_bill.*, or * for all."""


class NameUnfit(Refused):
    """A name has 1 to 40 small letters, digits and dashes, and nobody else has it."""


@transaction.atomic
def subscribe(*, name: str, url: str, kinds: Collection[str], by: Actor, at: datetime) -> UUID:
    """From now on, tell this address what is recorded of these kinds; return the seed of its secret."""
    if not NAME.fullmatch(name) or Subscription.objects.filter(name=name).exists():
        raise NameUnfit(name=name)
    if not is_fit(url):
        raise AddressUnfit(url=url)
    if not kinds or not all(KIND.fullmatch(kind) for kind in kinds):
        raise KindsUnfit(kinds=" ".join(kinds))
    seed = uuid4()
    row = Subscription.objects.create(
        name=name, url=url, kinds=sorted(set(kinds)), seed=seed, made_by=str(by), made_at=at
    )
    note_changes(kind=ChangeKind.WEBHOOK, after={name: subscriptions.values_of(row)}, by=by, at=at)
    return seed
