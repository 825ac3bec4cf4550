"""A passkey no longer opens the desk."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ligneclaire.kernel.actor import Actor
from ligneclaire.people.actions.remove_passkey import NoPasskey
from ligneclaire.people.models import StaffKey


def remove_staff_key(*, key: UUID, user: int, by: Actor, at: datetime) -> None:
    """Forget a passkey of an account."""
    deleted, _ = StaffKey.objects.filter(uuid=key, user_id=user).delete()
    if not deleted:
        raise NoPasskey(passkey=key, user=user)
