"""Take the token of a department back."""

from __future__ import annotations

from datetime import datetime

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.models import Token


class NoToken(Refused):
    """The department has no token."""


def revoke_token(*, department: str, by: Actor, at: datetime) -> None:
    """End the token of a department at once."""
    deleted, _ = Token.objects.filter(department__code=department).delete()
    if not deleted:
        raise NoToken(department=department)
