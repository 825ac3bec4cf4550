"""Tokens, of which we keep what recognises them and not what they are."""

from __future__ import annotations

from hashlib import sha256


def digest_of(token: str) -> bytes:
    """What is kept of a token: it is long and random, so that a plain digest cannot be searched."""
    return sha256(token.encode(errors="backslashreplace")).digest()
