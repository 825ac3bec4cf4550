"""Let an adviser open the desk."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from ligneclaire.audit.actions.note_changes import note_changes
from ligneclaire.audit.states import ChangeKind
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.models import Login
from ligneclaire.people.queries import advisers, logins


class LoginTaken(Refused):
    """The adviser already has a login, or somebody else has this user name."""


@transaction.atomic
def give_login(*, adviser: str, username: str, password: str, by: Actor, at: datetime) -> Login:
    """Create the account with which an adviser opens the desk, once."""
    row = advisers.locked(adviser)
    if Login.objects.filter(adviser=row).exists() or User.objects.filter(username=username).exists():
        raise LoginTaken(adviser=adviser, username=username)
    user = User.objects.create_user(username, email=row.email, password=password)
    login = Login.objects.create(user=user, adviser=row, given_by=str(by), given_at=at)
    note_changes(kind=ChangeKind.LOGIN, after={username: logins.values_of(login)}, by=by, at=at)
    return login
