"""A customer showed who they are: their browser gets a key of its own."""

from __future__ import annotations

import secrets
from datetime import datetime

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.ref import uuid7
from ligneclaire.people.models import Session
from ligneclaire.people.rules.token import digest_of
from ligneclaire.people.states import WayIn

DEVICE = 200  # characters of what a browser says of itself


def open_session(*, customer: str, way: WayIn, device: str, by: Actor, at: datetime) -> str:
    """Open a session and return its key, which is always new and is not kept."""
    key = secrets.token_urlsafe(32)
    Session.objects.create(
        uuid=uuid7(at),
        digest=digest_of(key),
        customer_id=customer,
        way=way,
        device="".join(sign for sign in device if sign.isprintable())[:DEVICE],
        began_at=at,
        seen_at=at,
    )
    return key
