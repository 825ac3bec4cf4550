"""Say that an adviser looks after the others, or no longer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.audit.actions.note_changes import note_changes
from ligneclaire.audit.states import ChangeKind
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.models import Login
from ligneclaire.people.queries import logins


class NoAdviserLogin(Refused):
    """No adviser logs in with this user name."""


@transaction.atomic
def set_supervision(*, username: str, is_supervisor: bool, by: Actor, at: datetime) -> None:
    """Make the adviser who logs in with this user name a supervisor, or an adviser like the others, at once.

    Whoever looks after the others is neither in training nor a technician.
    """
    row = Login.objects.select_for_update().filter(user__username=username, adviser__isnull=False).first()
    if row is None:
        raise NoAdviserLogin(username=username)
    before, row.is_supervisor = logins.values_of(row), is_supervisor
    row.is_in_training = row.is_in_training and not is_supervisor
    row.is_technician = row.is_technician and not is_supervisor
    row.save(update_fields=["is_supervisor", "is_in_training", "is_technician"])
    after = logins.values_of(row)
    note_changes(kind=ChangeKind.LOGIN, before={username: before}, after={username: after}, by=by, at=at)
