"""Somebody who gave their password signs with one of their passkeys."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from ligneclaire.kernel.actor import Actor
from ligneclaire.people.actions.claim_challenge import claim_challenge
from ligneclaire.people.actions.sign_in_by_passkey import PasskeyNotAccepted
from ligneclaire.people.models import StaffKey
from ligneclaire.people.rules.passkey import PasskeyWrong, Place, PublicHalf, credential_of, used
from ligneclaire.people.rules.second_factor import handle_of_staff


@transaction.atomic
def use_staff_key(*, user: int, answer: str, challenge: UUID, place: Place, by: Actor, at: datetime) -> None:
    """Accept what a passkey of this very account signed, once."""
    value = claim_challenge(challenge=challenge, customer=None, by=by, at=at)
    try:
        keys = StaffKey.objects.select_for_update().filter(user_id=user, credential=credential_of(answer))
        row = keys.first()
        if row is None:
            raise PasskeyNotAccepted
        kept = PublicHalf(credential=bytes(row.credential), public_key=bytes(row.public_key), uses=row.uses)
        handle = handle_of_staff(user, key=settings.SECRET_KEY)
        row.uses = used(answer, place=place, challenge=value, kept=kept, handle=handle)
    except PasskeyWrong:
        raise PasskeyNotAccepted from None
    row.used_at = at
    row.save(update_fields=["uses", "used_at"])
