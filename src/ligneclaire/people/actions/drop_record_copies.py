"""The days of copies are over."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.kernel.actor import Actor
from ligneclaire.people import copies
from ligneclaire.people.models import RecordCopy


@transaction.atomic
def drop_record_copies(*, by: Actor, at: datetime) -> int:
    """Remove the files of those that can be downloaded no longer, once; return how many."""
    over = RecordCopy.objects.select_for_update(skip_locked=True).filter(ends_at__lte=at, dropped_at=None)
    gone = list(over.values_list("uuid", flat=True))
    copies.drop(gone)  # before the row says so: cut off in between, it is done again
    return RecordCopy.objects.filter(uuid__in=gone).update(dropped_at=at)
