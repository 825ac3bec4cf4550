"""A customer downloads the copy of everything about them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.people.models import RecordFetch
from ligneclaire.people.queries import numbers, record_copies
from ligneclaire.people.queries.record_copies import CopyState


class NoCopy(Refused):
    """There is none for them to download now."""


@transaction.atomic
def fetch_record_copy(*, session: UUID, by: Actor, at: datetime) -> UUID:
    """Write down that they download theirs, and say which it is."""
    refuse_unless(by, may=Right.OWN_SPACE)
    theirs = numbers.of(by.number)
    last = record_copies.last(theirs)
    if last is None or last.state(theirs, at=at) is not CopyState.READY:
        raise NoCopy(customer=by.number)
    RecordFetch.objects.create(copy_id=last.uuid, session_id=session, at=at)
    return last.uuid
