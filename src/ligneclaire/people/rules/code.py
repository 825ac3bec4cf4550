"""One-time codes: how many digits, how long, how often; what is kept of them recognises and does not tell."""

from __future__ import annotations

import hmac
from datetime import timedelta
from ipaddress import IPv6Address, ip_address
from uuid import UUID

DIGITS = 6
LIFE = timedelta(minutes=10)
TRIES = 5
MOST_FOR_A_PERSON, PERSONS_WINDOW = 3, timedelta(minutes=15)
MOST_FROM_AN_ADDRESS, ADDRESS_WINDOW = 10, timedelta(hours=1)
UNCHANGED = timedelta(days=14)
"""How long a contact point has to be as it is before a code there proves anything: whoever takes over a number or a
mailbox changes it first."""
HOME = 64  # bits of an IPv6 address that a household keeps


def code_of(uuid: UUID, *, key: str) -> str:
    """The code that stands behind a row: whoever has the row and not the key cannot tell it."""
    return f"{int.from_bytes(_keyed('code', str(uuid), key)) % 10**DIGITS:0{DIGITS}}"


def trace_of(text: str, *, key: str) -> bytes:
    """What is kept of something that a stranger typed or came from: enough to see that it is the same again."""
    return _keyed("trace", text, key)


def is_same(code: str, typed: str) -> bool:
    """Compare in a time that tells nothing; spaces that people type between digits do not count."""
    return hmac.compare_digest(code.encode(), "".join(typed.split()).encode(errors="replace"))


def home_of(address: str) -> str:
    """The part of an internet address that stays the same for one household."""
    try:
        known = ip_address(address)
    except ValueError:
        return ""
    if isinstance(known, IPv6Address):
        return str(known.ipv4_mapped or IPv6Address(int(known) >> HOME << HOME))
    return str(known)


def _keyed(purpose: str, text: str, key: str) -> bytes:
    return hmac.digest(f"ligneclaire.{purpose}.{key}".encode(), text.encode(errors="replace"), "sha256")
