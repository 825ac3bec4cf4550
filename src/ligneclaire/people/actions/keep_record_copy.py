"""A copy of everything about a person is prepared."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from ligneclaire.kernel.actor import Actor
from ligneclaire.people.models import RecordCopy

KEPT_FOR = timedelta(days=7)


@transaction.atomic
def keep_record_copy(*, copy: UUID, numbers: Collection[str], size: int, by: Actor, at: datetime) -> bool:
    """Let it be downloaded for a week; False where it was dropped meanwhile, or is kept already."""
    waiting = RecordCopy.objects.filter(uuid=copy, kept_at=None, dropped_at=None)
    return bool(waiting.update(numbers=sorted(numbers), size=size, kept_at=at, ends_at=at + KEPT_FOR))
