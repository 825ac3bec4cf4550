"""A mail server reports what became of an e-mail that it had taken."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.channels.actions.mark_failed import mark_failed
from ligneclaire.channels.email.reports import Reported
from ligneclaire.channels.models import DeliveryReport, Message
from ligneclaire.channels.states import Fate
from ligneclaire.kernel.actor import Actor


@transaction.atomic
def record_delivery(*, mail: UUID, message: UUID, reported: Reported, by: Actor, at: datetime) -> bool:
    """Keep what an e-mail says of a message; return whether its customer will not have it, the first time it is known.

    Waits for the message if it is leaving just now: a report may be faster than we are.
    """
    Message.objects.select_for_update().filter(uuid=message).first()
    DeliveryReport.objects.create(mail_id=mail, message=message, fate=reported.fate, words=reported.words)
    if reported.fate is not Fate.FAILED:
        return False
    return mark_failed(message=message, answer=reported.words or reported.fate, by=by, at=at)
