"""A browser is about to use a passkey: it gets something new to sign."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.ref import uuid7
from ligneclaire.people.models import Challenge
from ligneclaire.people.rules.passkey import CHALLENGE_BYTES, LIFE

CLEARED_AT_ONCE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSign:
    """What a passkey has to sign, and the name under which we find it again."""

    uuid: UUID
    value: bytes


@transaction.atomic
def ask_challenge(*, customer: str | None, by: Actor, at: datetime) -> ToSign:
    """Draw something to sign: for a customer who adds a passkey, or for whoever wants to sign in with one."""
    old = Challenge.objects.filter(asked_at__lt=at - LIFE).select_for_update(skip_locked=True)
    Challenge.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:CLEARED_AT_ONCE])).delete()
    value = secrets.token_bytes(CHALLENGE_BYTES)
    row = Challenge.objects.create(uuid=uuid7(at), value=value, customer_id=customer, asked_at=at)
    return ToSign(uuid=row.uuid, value=value)
