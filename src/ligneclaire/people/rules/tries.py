"""How often somebody may try to log in."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

WINDOW = timedelta(minutes=15)
LIMITS = {"address": 100, "username": 5, "company": 100}  # many people share the address of an office


def keys_of(*, username: str | None, address: str) -> dict[str, str]:
    """The keys under which a try counts, by kind: a user name in any case is one, known or not.

    Who says no name goes through the company's identity provider: that counts apart from passwords.
    """
    by_name = {} if username is None else {"username": username.strip().casefold()}
    said = {"address" if by_name else "company": address, **by_name}
    return {kind: sha256(f"{kind}:{what}".encode()).hexdigest() for kind, what in said.items()}
