"""A mailbox was looked into by IMAP, or could not be."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from ligneclaire.channels.models import Mailbox
from ligneclaire.kernel.actor import Actor


@transaction.atomic
def note_mailbox(*, name: str, taken: int, left: int | None, by: Actor, at: datetime) -> None:
    """Count what was taken in, and say how many e-mails the look left there; `None` is a look that failed."""
    Mailbox.objects.get_or_create(name=name, defaults={"looked_at": at})
    row = Mailbox.objects.filter(name=name)
    if left is None:
        row.update(taken=F("taken") + taken, failures=F("failures") + 1)
    else:
        row.update(taken=F("taken") + taken, left=left, looked_at=at)
