"""Take a token of a department back."""

from __future__ import annotations

from datetime import datetime

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.actions.give_token import MAIN
from ligneclaire.people.models import Token


class NoToken(Refused):
    """The department has no token of this name."""


def revoke_token(*, department: str, name: str = MAIN, by: Actor, at: datetime) -> None:
    """End a token of a department at once."""
    deleted, _ = Token.objects.filter(department__code=department, name=name).delete()
    if not deleted:
        raise NoToken(department=department, name=name)
