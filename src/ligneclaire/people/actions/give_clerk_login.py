"""Let somebody state facts for a department by hand."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from ligneclaire.audit.actions.note_changes import note_changes
from ligneclaire.audit.states import ChangeKind
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.models import Department, Login
from ligneclaire.people.queries import logins
from ligneclaire.people.queries.departments import DepartmentUnknown

NAME_LENGTH = 80


class UsernameTaken(Refused):
    """Somebody else has this user name."""


class NameUnfit(Refused):
    """A clerk has a name, of at most 80 characters."""


@transaction.atomic
def give_clerk_login(*, department: str, name: str, username: str, password: str, by: Actor, at: datetime) -> Login:
    """Create the account with which a clerk opens the screen of their department; a department may have many."""
    if not Department.objects.select_for_update().filter(code=department).exists():
        raise DepartmentUnknown(department=department)
    name = name.strip()
    if not 0 < len(name) <= NAME_LENGTH:
        raise NameUnfit(name=name)
    if User.objects.filter(username=username).exists():
        raise UsernameTaken(username=username)
    user = User.objects.create_user(username, password=password)
    login = Login.objects.create(user=user, department_id=department, name=name, given_by=str(by), given_at=at)
    note_changes(kind=ChangeKind.LOGIN, after={username: logins.values_of(login)}, by=by, at=at)
    return login
