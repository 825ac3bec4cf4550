"""Somebody no longer opens the desk."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from ligneclaire.audit.actions.note_changes import note_changes
from ligneclaire.audit.states import ChangeKind
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.models import CompanyIdentity, Login, StaffSession
from ligneclaire.people.queries import logins


class NoLogin(Refused):
    """Nobody opens the desk with this user name."""


@transaction.atomic
def withdraw_login(*, username: str, by: Actor, at: datetime) -> None:
    """Close an account and log it out at once; it stays, so that what was done with it keeps its name.

    Whoever the company's identity provider calls so is linked anew if it is given back.
    """
    row = Login.objects.select_related("user").select_for_update(of=("self",)).filter(user__username=username).first()
    if row is None or not row.user.is_active:
        raise NoLogin(username=username)
    User.objects.filter(pk=row.user_id).update(is_active=False)
    StaffSession.objects.filter(user=row.user_id).delete()
    before = logins.values_of(row)
    identities = CompanyIdentity.objects.filter(user=row.user_id)
    for identity in identities.values("issuer", "subject"):
        before |= identity
    identities.delete()
    note_changes(kind=ChangeKind.LOGIN, before={username: before}, by=by, at=at)
