"""A customer comes in with a passkey, without saying who they are."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.actions.claim_challenge import claim_challenge
from ligneclaire.people.actions.open_session import open_session
from ligneclaire.people.models import Passkey
from ligneclaire.people.rules.passkey import PasskeyWrong, Place, PublicHalf, credential_of, handle_of, used
from ligneclaire.people.states import WayIn


class PasskeyNotAccepted(Refused):
    """We do not know this passkey, or what it signed is not what we asked for."""


@transaction.atomic
def sign_in_by_passkey(*, answer: str, challenge: UUID, place: Place, device: str, by: Actor, at: datetime) -> str:
    """Open a session for the customer whose passkey signed, and return the key of the session."""
    value = claim_challenge(challenge=challenge, customer=None, by=by, at=at)
    try:
        row = Passkey.objects.select_for_update().filter(credential=credential_of(answer)).first()
        if row is None:
            raise PasskeyNotAccepted
        row.uses = used(answer, place=place, challenge=value, kept=_kept(row), handle=_handle(row))
    except PasskeyWrong:
        raise PasskeyNotAccepted from None
    row.used_at = at
    row.save(update_fields=["uses", "used_at"])
    return open_session(customer=row.customer_id, way=WayIn.PASSKEY, device=device, by=by, at=at)


def _kept(row: Passkey) -> PublicHalf:
    return PublicHalf(credential=bytes(row.credential), public_key=bytes(row.public_key), uses=row.uses)


def _handle(row: Passkey) -> bytes:
    return handle_of(row.customer_id, key=settings.SECRET_KEY)
