"""A passkey no longer opens the desk."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.audit.actions.note_changes import note_changes
from ligneclaire.audit.states import ChangeKind
from ligneclaire.kernel.actor import Actor
from ligneclaire.people.actions.remove_passkey import NoPasskey
from ligneclaire.people.models import StaffKey


@transaction.atomic
def remove_staff_key(*, key: UUID, user: int, by: Actor, at: datetime) -> None:
    """Forget a passkey of an account."""
    row = StaffKey.objects.select_related("user").filter(uuid=key, user_id=user).first()
    if row is None or not row.delete()[0]:
        raise NoPasskey(passkey=key, user=user)
    before = {row.user.get_username(): {"passkey": row.name}}
    note_changes(kind=ChangeKind.SECOND_FACTOR, before=before, by=by, at=at)
