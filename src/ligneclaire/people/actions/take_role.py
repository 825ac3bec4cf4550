"""The company's identity provider says in which role somebody works."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from ligneclaire.audit.actions.note_changes import note_changes
from ligneclaire.audit.states import ChangeKind
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.models import Login
from ligneclaire.people.queries import logins
from ligneclaire.people.states import StaffRole


class NoRole(Refused):
    """None of these roles is one that the account can have."""


@transaction.atomic
def take_role(*, user: int, roles: Sequence[StaffRole], by: Actor, at: datetime) -> None:
    """Let an account work in the first of these roles that it can have, and in no other, at once.

    A clerk's account is a clerk's for ever, and an adviser's is never one.
    """
    row = Login.objects.select_related("user").select_for_update(of=("self",)).get(user=user)
    is_clerk = row.adviser_id is None
    role = next((one for one in roles if (one == StaffRole.CLERK) is is_clerk), None)
    if role is None:
        raise NoRole(user=user)
    before = logins.values_of(row)
    row.is_supervisor, row.is_in_training = role == StaffRole.SUPERVISOR, role == StaffRole.TRAINEE
    row.is_technician = role == StaffRole.TECHNICIAN
    after, username = logins.values_of(row), row.user.get_username()
    if after != before:
        row.save(update_fields=["is_supervisor", "is_in_training", "is_technician"])
    note_changes(kind=ChangeKind.LOGIN, before={username: before}, after={username: after}, by=by, at=at)
