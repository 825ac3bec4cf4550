"""Somebody opens the desk again."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from ligneclaire.audit.actions.note_changes import note_changes
from ligneclaire.audit.states import ChangeKind
from ligneclaire.kernel.actor import Actor
from ligneclaire.people.actions.withdraw_login import NoLogin
from ligneclaire.people.models import Login
from ligneclaire.people.queries import logins


@transaction.atomic
def return_login(*, username: str, password: str, by: Actor, at: datetime) -> None:
    """Open an account that was withdrawn, in the role it had, with a new password."""
    row = Login.objects.select_related("user").select_for_update(of=("self",)).filter(user__username=username).first()
    if row is None or row.user.is_active:
        raise NoLogin(username=username)
    user = User.objects.get(pk=row.user_id)
    user.is_active = True
    user.set_password(password)
    user.save(update_fields=["is_active", "password"])
    note_changes(kind=ChangeKind.LOGIN, after={username: logins.values_of(row)}, by=by, at=at)
