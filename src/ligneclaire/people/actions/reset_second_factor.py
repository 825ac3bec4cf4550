"""Somebody lost their phone: they set up a second factor again when they log in next."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from ligneclaire.audit.actions.note_changes import note_changes
from ligneclaire.audit.states import ChangeKind
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.models import SecondFactor, StaffKey, StaffSession


class AccountUnknown(Refused):
    """Nobody has this user name."""


@transaction.atomic
def reset_second_factor(*, username: str, by: Actor, at: datetime) -> bool:
    """Forget the app, recovery codes and passkeys of an account and log it out; return whether there were any."""
    user = User.objects.select_for_update().filter(username=username).first()
    if user is None:
        raise AccountUnknown(username=username)
    factors, _ = SecondFactor.objects.filter(user=user).delete()
    keys, _ = StaffKey.objects.filter(user=user).delete()
    StaffSession.objects.filter(user=user).delete()
    if factors or keys:
        before = {username: {"app": bool(factors), "passkeys": keys}}
        note_changes(kind=ChangeKind.SECOND_FACTOR, before=before, by=by, at=at)
    return bool(factors or keys)
