"""Parts of long text messages whose other parts never came."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.channels.actions.join_parts import PATIENCE
from ligneclaire.channels.models import HeardPart
from ligneclaire.channels.sms.inbound import Text
from ligneclaire.kernel.actor import Actor

GAP = "[…]"


@transaction.atomic
def join_what_came(*, by: Actor, at: datetime) -> tuple[Text, ...]:
    """Those whose other parts did not come for a day, with their gaps; they are forgotten as parts."""
    old = HeardPart.objects.select_for_update().filter(heard_at__lte=at - PATIENCE).order_by("id")
    found: dict[tuple[str, str, int, int], dict[int, str]] = {}
    for one in old.filter(is_joined=False):
        found.setdefault((one.sender, one.recipient, one.reference, one.parts), {})[one.place] = one.text
    old.delete()  # with those that were joined
    return tuple(
        Text(
            sender=sender,
            recipient=recipient,
            text=" ".join(heard.get(place, GAP) for place in range(1, parts + 1)),
        )
        for (sender, recipient, _, parts), heard in found.items()
    )
