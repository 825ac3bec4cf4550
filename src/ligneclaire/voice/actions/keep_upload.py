"""Keep a file that a clerk sent, until it is checked and stated."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.canonical import canonical
from ligneclaire.kernel.ref import uuid_of
from ligneclaire.voice.models import Upload
from ligneclaire.voice.queries.uploads import as_kept
from ligneclaire.voice.sheet import Row

KEPT_FOR = timedelta(days=7)
NAME_LENGTH = 120


@transaction.atomic
def keep_upload(*, department: str, name: str, rows: Sequence[Row], by: Actor, at: datetime) -> UUID:
    """Keep the lines of a file for a week, once however often it is sent, and forget what is older."""
    Upload.objects.filter(sent_at__lt=at - KEPT_FOR).delete()
    kept = as_kept(rows)
    uuid = uuid_of("upload", department, canonical(kept))
    sent = {"department": department, "name": name[-NAME_LENGTH:], "rows": kept, "sent_by": str(by), "sent_at": at}
    Upload.objects.update_or_create(uuid=uuid, defaults=sent)
    return uuid
