"""The passkeys of customers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ligneclaire.people.models import Passkey


@dataclass(frozen=True, slots=True, kw_only=True)
class PasskeyCard:
    """A passkey as its customer reads it."""

    uuid: UUID
    name: str
    added_at: datetime
    used_at: datetime | None


def of(customer: str) -> tuple[PasskeyCard, ...]:
    """The passkeys of a person under any number of theirs, oldest first."""
    rows = Passkey.objects.filter(customer__survivor__number=customer).order_by("added_at", "id")
    return tuple(PasskeyCard(uuid=row.uuid, name=row.name, added_at=row.added_at, used_at=row.used_at) for row in rows)


def credentials_of(customer: str) -> tuple[bytes, ...]:
    """How devices know the passkeys of a person."""
    rows = (
        Passkey.objects.filter(customer__survivor__number=customer).order_by("id").values_list("credential", flat=True)
    )
    return tuple(bytes(credential) for credential in rows)
