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
GAP = "[…]"


@transaction.atomic
def join_parts(*, text: Text, by: Actor, at: datetime) -> Text | None:
    """Keep a part; return the whole once the last of its parts is there, and forget them."""
    if text.parts == 1:
        return text
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [LOCK, text.sender])
    same = HeardPart.objects.filter(
        sender=text.sender, recipient=text.recipient, reference=text.reference, parts=text.parts
    )
    same.filter(heard_at__lte=at - PATIENCE).delete()
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
    same.delete()
    return replace(text, text="".join(heard[place] for place in sorted(heard)), reference=0, parts=1, place=1)


@transaction.atomic
def join_what_came(*, by: Actor, at: datetime) -> tuple[Text, ...]:
    """Those whose other parts did not come for a day, with their gaps; they are forgotten as parts."""
    old = HeardPart.objects.select_for_update().filter(heard_at__lte=at - PATIENCE).order_by("id")
    found: dict[tuple[str, str, int, int], dict[int, str]] = {}
    for one in old:
        found.setdefault((one.sender, one.recipient, one.reference, one.parts), {})[one.place] = one.text
    old.delete()
    return tuple(
        Text(
            sender=sender,
            recipient=recipient,
            text=" ".join(heard.get(place, GAP) for place in range(1, parts + 1)),
        )
        for (sender, recipient, _, parts), heard in found.items()
    )
