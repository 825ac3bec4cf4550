"""Somebody who works at the desk adds a passkey to their account."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction

from ligneclaire.audit.actions.note_changes import note_changes
from ligneclaire.audit.states import ChangeKind
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.ref import uuid7
from ligneclaire.people.actions.add_passkey import NAME, PasskeyRefused, PasskeyUnnamed
from ligneclaire.people.actions.claim_challenge import claim_challenge
from ligneclaire.people.models import StaffKey
from ligneclaire.people.rules.passkey import PasskeyWrong, Place, made


@transaction.atomic
def add_staff_key(*, user: int, name: str, answer: str, challenge: UUID, place: Place, by: Actor, at: datetime) -> UUID:
    """Keep the public half of a new passkey for the desk, under a name that its owner gives it."""
    name = " ".join("".join(sign for sign in name if sign.isprintable()).split())[:NAME]
    if not name:
        raise PasskeyUnnamed(user=user)
    value = claim_challenge(challenge=challenge, customer=None, by=by, at=at)
    try:
        new = made(answer, place=place, challenge=value)
    except PasskeyWrong:
        raise PasskeyRefused(user=user) from None
    key, is_new = StaffKey.objects.get_or_create(
        credential=new.credential,
        defaults={
            "uuid": uuid7(at),
            "user_id": user,
            "name": name,
            "public_key": new.public_key,
            "uses": new.uses,
            "added_at": at,
        },
    )
    if not is_new:
        raise PasskeyRefused(user=user)
    username = User.objects.get(pk=user).get_username()
    note_changes(kind=ChangeKind.SECOND_FACTOR, after={username: {"passkey": name}}, by=by, at=at)
    return key.uuid
