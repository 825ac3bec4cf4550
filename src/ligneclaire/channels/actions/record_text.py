"""Keep a text message that came in: its words first, then the row about it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction

from ligneclaire.channels.actions.record_mail import Recorded
from ligneclaire.channels.mailbox import keep
from ligneclaire.channels.models import Mail
from ligneclaire.channels.states import Medium
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.canonical import canonical
from ligneclaire.kernel.ref import uuid7

SAME_WITHIN = timedelta(minutes=10)  # a centre that did not hear our answer hands it over again
LOCK = 0x4C43_0002
LONGEST_SENDER = 65


@transaction.atomic
def record_text(*, sender: str, recipient: str, text: str, by: Actor, at: datetime) -> Recorded:
    """Write a text message down once: the last words of a number again within minutes are the same message."""
    with connection.cursor() as cursor:  # one at a time from a number
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [LOCK, sender])
    lately = Mail.objects.filter(medium=Medium.SMS, sender=sender, received_at__gt=at - SAME_WITHIN)
    last = lately.order_by("-received_at", "-id").first()
    if last and (last.text, last.recipients) == (text, [recipient]):
        return Recorded(uuid=last.uuid, is_new=False)
    uuid = uuid7(at)
    kept = keep(canonical([str(uuid), sender, recipient, at.isoformat(), text]).encode(), ending="sms")
    Mail.objects.create(
        uuid=uuid,
        medium=Medium.SMS,
        fingerprint=kept.sha256,
        sender=sender[:LONGEST_SENDER],
        recipients=[recipient],
        text=text,
        is_automatic=False,
        is_readable=True,
        received_at=at,
        size=kept.size,
        sha256=kept.sha256,
        place=kept.place,
    )
    return Recorded(uuid=uuid, is_new=True)
