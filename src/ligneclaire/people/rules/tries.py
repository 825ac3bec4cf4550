"""How often somebody may try to log in."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

WINDOW = timedelta(minutes=15)
LIMITS = {"address": 100, "username": 5}  # many people share the address of an office


def keys_of(*, username: str, address: str) -> dict[str, str]:
    """The keys under which a try counts, by kind: a user name in any case is one, known or not."""
    said = {"address": address, "username": username.strip().casefold()}
    return {kind: sha256(f"{kind}:{said[kind]}".encode()).hexdigest() for kind in LIMITS}
