"""Say that an adviser looks after the others, or no longer."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Value

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.models import Login


class NoAdviserLogin(Refused):
    """No adviser logs in with this user name."""


def set_supervision(*, username: str, is_supervisor: bool, by: Actor, at: datetime) -> None:
    """Make the adviser who logs in with this user name a supervisor, or an adviser like the others, at once.

    Whoever looks after the others is not in training.
    """
    logins = Login.objects.filter(user__username=username, adviser__isnull=False)
    training = F("is_in_training") if not is_supervisor else Value(value=False)
    if not logins.update(is_supervisor=is_supervisor, is_in_training=training):
        raise NoAdviserLogin(username=username)
