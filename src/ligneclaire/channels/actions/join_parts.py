"""A part of a long text message came in."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import connection, transaction

from ligneclaire.channels.models import HeardPart
from ligneclaire.channels.sms.inbound import Text
from ligneclaire.kernel.actor import Actor

LOCK = 0x4C43_0003
PATIENCE = timedelta(days=1)  # then a phone may use the number again, for another message


@transaction.atomic
def join_parts(*, text: Text, by: Actor, at: datetime) -> Text | None:
    """Keep a part; return the whole once the last of its parts is there; a part that comes again then says nothing."""
    if text.parts == 1:
        return text
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [LOCK, text.sender])
    same = HeardPart.objects.filter(
        sender=text.sender, recipient=text.recipient, reference=text.reference, parts=text.parts
    )
    same.filter(heard_at__lte=at - PATIENCE).delete()
    joined = same.filter(place=text.place, is_joined=True).first()
    if joined and joined.text == text.text:
        return None
    if joined:  # the phone uses the number again
        same.delete()
    values = {"text": text.text, "heard_at": at}
    same.update_or_create(
        place=text.place,
        defaults=values,
        create_defaults=values
        | {
            "sender": text.sender,
            "recipient": text.recipient,
            "reference": text.reference,
            "parts": text.parts,
            "place": text.place,
        },
    )
    heard = dict(same.values_list("place", "text"))
    if len(heard) < text.parts:
        return None
    same.update(is_joined=True)
    return replace(text, text="".join(heard[place] for place in sorted(heard)), reference=0, parts=1, place=1)
