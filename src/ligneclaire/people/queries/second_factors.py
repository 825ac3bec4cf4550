"""Whether an account of the desk has a second factor, and which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ligneclaire.people.models import SecondFactor, StaffKey
from ligneclaire.people.queries.passkeys import PasskeyCard


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorCard:
    """Since when an app is joined to the account, and how many recovery codes are left."""

    set_up_at: datetime
    recovery_left: int


def of(user: int) -> FactorCard | None:
    """The second factor of an account; None as long as it has to be set up."""
    row = SecondFactor.objects.filter(user_id=user).first()
    return FactorCard(set_up_at=row.set_up_at, recovery_left=len(row.recovery)) if row else None


def keys_of(user: int) -> tuple[PasskeyCard, ...]:
    """The passkeys of an account, oldest first."""
    rows = StaffKey.objects.filter(user_id=user).order_by("added_at", "id")
    return tuple(PasskeyCard(uuid=row.uuid, name=row.name, added_at=row.added_at, used_at=row.used_at) for row in rows)


def credentials_of(user: int) -> tuple[bytes, ...]:
    """How devices know the passkeys of an account."""
    rows = StaffKey.objects.filter(user_id=user).order_by("id").values_list("credential", flat=True)
    return tuple(bytes(credential) for credential in rows)
