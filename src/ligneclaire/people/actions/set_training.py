"""Say that an adviser is in training, or no longer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.audit.actions.note_changes import note_changes
from ligneclaire.audit.states import ChangeKind
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.actions.set_supervision import NoAdviserLogin
from ligneclaire.people.models import Login
from ligneclaire.people.queries import logins


class Supervises(Refused):
    """A supervisor is not in training."""


@transaction.atomic
def set_training(*, username: str, is_in_training: bool, by: Actor, at: datetime) -> None:
    """Have what the adviser writes who logs in with this user name wait for a colleague, or no longer, at once.

    Whoever is in training is no technician.
    """
    row = Login.objects.select_for_update().filter(user__username=username, adviser__isnull=False).first()
    if row is None:
        raise NoAdviserLogin(username=username)
    if is_in_training and row.is_supervisor:
        raise Supervises(username=username)
    before, row.is_in_training = logins.values_of(row), is_in_training
    row.is_technician = row.is_technician and not is_in_training
    row.save(update_fields=["is_in_training", "is_technician"])
    note_changes(
        kind=ChangeKind.LOGIN, before={username: before}, after={username: logins.values_of(row)}, by=by, at=at
    )
