"""Say that an adviser is in training, or no longer."""

from __future__ import annotations

from datetime import datetime

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.actions.set_supervision import NoAdviserLogin
from ligneclaire.people.models import Login


class Supervises(Refused):
    """A supervisor is not in training."""


def set_training(*, username: str, is_in_training: bool, by: Actor, at: datetime) -> None:
    """Have what the adviser writes who logs in with this user name wait for a colleague, or no longer, at once."""
    logins = Login.objects.filter(user__username=username, adviser__isnull=False)
    if is_in_training and logins.filter(is_supervisor=True).exists():
        raise Supervises(username=username)
    if not logins.update(is_in_training=is_in_training):
        raise NoAdviserLogin(username=username)
