"""A customer makes a passkey in one of their devices."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.ref import uuid7
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.actions.claim_challenge import claim_challenge
from ligneclaire.people.models import Passkey
from ligneclaire.people.rules.passkey import PasskeyWrong, Place, made

NAME = 60


class PasskeyUnnamed(Refused):
    """A passkey needs a name by which its owner knows it."""


class PasskeyRefused(Refused):
    """The browser's answer does not prove a new passkey, or the passkey is here already."""


@transaction.atomic
def add_passkey(
    *, customer: str, name: str, answer: str, challenge: UUID, place: Place, by: Actor, at: datetime
) -> UUID:
    """Keep the public half of a new passkey, under a name that the customer gives it."""
    name = " ".join("".join(sign for sign in name if sign.isprintable()).split())[:NAME]
    if not name:
        raise PasskeyUnnamed(customer=customer)
    value = claim_challenge(challenge=challenge, customer=customer, by=by, at=at)
    try:
        new = made(answer, place=place, challenge=value)
    except PasskeyWrong:
        raise PasskeyRefused(customer=customer) from None
    passkey, is_new = Passkey.objects.get_or_create(
        credential=new.credential,
        defaults={
            "uuid": uuid7(at),
            "customer_id": customer,
            "name": name,
            "public_key": new.public_key,
            "uses": new.uses,
            "added_at": at,
        },
    )
    if not is_new:
        raise PasskeyRefused(customer=customer)
    return passkey.uuid
