"""Keep what an adviser is writing, so that nothing is lost and others see who writes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.channels.queries import messages
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.voice.actions.write_message import SIGNER
from ligneclaire.voice.models import Review, Writing
from ligneclaire.voice.rules.reviews import ReviewState


class SentAlready(Refused):
    """The message has been sent; nothing more is written in it."""


class HandedIn(Refused):
    """A second adviser looks at the message; its author takes it back before they write on."""


class NotYours(Refused):
    """Somebody else is writing this message."""


@transaction.atomic
def keep_writing(
    *, message: UUID, customer: str, answers: UUID | None, fields: Mapping[str, str], by: Actor, at: datetime
) -> None:
    """Write down the words as typed so far; the last ones count. Who signs them, where it is another, stays."""
    refuse_unless(by, may=Right.WRITE)
    if messages.by_uuid(message):
        raise SentAlready(message=message)
    if Review.objects.filter(message=message, state=ReviewState.WAITING).exists():
        raise HandedIn(message=message)
    row, is_new = Writing.objects.select_for_update().get_or_create(
        uuid=message,
        defaults={
            "customer": customer,
            "adviser": by.number,
            "answers": answers,
            "fields": dict(fields),
            "changed_at": at,
        },
    )
    if is_new:
        return
    if (row.adviser, row.customer) != (by.number, customer):
        raise NotYours(message=message)
    signs = {SIGNER: row.fields[SIGNER]} if SIGNER in row.fields else {}
    row.fields, row.changed_at = dict(fields) | signs, at
    row.save(update_fields=["fields", "changed_at"])
