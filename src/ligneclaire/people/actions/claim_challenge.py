"""What a passkey had to sign is used up."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.models import Challenge
from ligneclaire.people.rules.passkey import LIFE


class NothingToSign(Refused):
    """It was signed already, is too old, or was meant for somebody else."""


def claim_challenge(*, challenge: UUID, customer: str | None, by: Actor, at: datetime) -> bytes:
    """Return what had to be signed, once; part of the transaction that checks the signature."""
    found = Challenge.objects.filter(uuid=challenge, customer__number=customer, asked_at__gt=at - LIFE)
    value = found.values_list("value", flat=True).first()
    deleted, _ = found.delete()
    if value is None or not deleted:
        raise NothingToSign(challenge=challenge)
    return bytes(value)
