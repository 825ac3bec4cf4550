"""Sessions of the desk, which are named without giving away the key that opens them."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

DEVICE, BEGAN = "device", "began_at"  # in the session, what the browser said of itself and since when
COMPANY = "company"  # in one that began through the identity provider, what that calls it, or ""
OFTEN = timedelta(minutes=5)  # how often it is written down that a session goes on
LONGEST = 200


def name_of(key: str) -> str:
    """The name by which a page speaks of a session."""
    return sha256(key.encode()).hexdigest()[:32]


def device_of(said: str) -> str:
    """What is kept of what a browser says of itself."""
    return "".join(sign for sign in said if sign.isprintable())[:LONGEST]
