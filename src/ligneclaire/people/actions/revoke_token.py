"""Take a token of a department back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.audit.actions.note_changes import note_changes
from ligneclaire.audit.states import ChangeKind
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.actions.give_token import MAIN
from ligneclaire.people.models import Token
from ligneclaire.people.queries import tokens


class NoToken(Refused):
    """The department has no token of this name."""


@transaction.atomic
def revoke_token(*, department: str, name: str = MAIN, by: Actor, at: datetime) -> None:
    """End a token of a department at once."""
    row = Token.objects.select_for_update().filter(department__code=department, name=name).first()
    if row is None:
        raise NoToken(department=department, name=name)
    row.delete()
    note_changes(kind=ChangeKind.TOKEN, before={str(row): tokens.values_of(row)}, by=by, at=at)
