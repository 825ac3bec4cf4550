"""Say that whoever logs in comes to customers as a technician, or no longer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.audit.actions.note_changes import note_changes
from ligneclaire.audit.states import ChangeKind
from ligneclaire.kernel.actor import Actor
from ligneclaire.people.actions.set_supervision import NoAdviserLogin
from ligneclaire.people.models import Login
from ligneclaire.people.queries import logins


@transaction.atomic
def set_field_work(*, username: str, is_technician: bool, by: Actor, at: datetime) -> None:
    """Show whoever logs in with this user name their own visits and nothing else, or make them an adviser, at once.

    A technician has no other role: they no longer look after the others, and nobody trains them to write.
    """
    row = Login.objects.select_for_update().filter(user__username=username, adviser__isnull=False).first()
    if row is None:
        raise NoAdviserLogin(username=username)
    before, row.is_technician = logins.values_of(row), is_technician
    row.is_supervisor = row.is_supervisor and not is_technician
    row.is_in_training = row.is_in_training and not is_technician
    row.save(update_fields=["is_technician", "is_supervisor", "is_in_training"])
    after = logins.values_of(row)
    note_changes(kind=ChangeKind.LOGIN, before={username: before}, after={username: after}, by=by, at=at)
