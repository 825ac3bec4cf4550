"""A short-message centre says what became of a part of a text message."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.channels.actions.mark_delivered import mark_delivered
from ligneclaire.channels.actions.mark_failed import mark_failed
from ligneclaire.channels.models import Message, TextPart
from ligneclaire.channels.sms.inbound import Receipt
from ligneclaire.channels.states import PartState
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused


class PartUnknown(Refused):
    """No part has this name, or not yet: a receipt may be faster than we are."""


@transaction.atomic
def record_receipt(*, receipt: Receipt, by: Actor, at: datetime) -> UUID | None:
    """Bring the message's state; return it if its customer will not have it, the first time that this is known."""
    found = TextPart.objects.filter(centre_id=receipt.centre_id).order_by("-id").first()
    if found is None or not receipt.centre_id:
        raise PartUnknown(centre_id=receipt.centre_id)
    Message.objects.select_for_update().filter(uuid=found.message).first()
    state = PartState.DELIVERED if receipt.is_delivered else PartState.FAILED
    changed = TextPart.objects.filter(pk=found.pk, state=PartState.ACCEPTED).update(state=state, at=at)
    if not changed:
        return None
    if state == PartState.FAILED:
        is_news = mark_failed(message=found.message, answer=receipt.words, by=by, at=at)
        return found.message if is_news else None
    if not TextPart.objects.filter(message=found.message).exclude(state=PartState.DELIVERED).exists():
        mark_delivered(message=found.message, by=by, at=at)
    return None
