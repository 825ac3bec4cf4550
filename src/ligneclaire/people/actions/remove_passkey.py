"""A customer no longer signs in with one of their passkeys."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.models import Passkey


class NoPasskey(Refused):
    """The customer has no passkey of this name."""


def remove_passkey(*, passkey: UUID, customer: str, by: Actor, at: datetime) -> None:
    """Forget a passkey: nobody comes in with it any more."""
    deleted, _ = Passkey.objects.filter(uuid=passkey, customer__survivor__number=customer).delete()
    if not deleted:
        raise NoPasskey(passkey=passkey, customer=customer)
