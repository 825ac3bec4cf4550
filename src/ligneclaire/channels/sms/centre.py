"""Which short-message centre takes our text messages, as one address says it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit

EXPECTED = "expected something like smpp://user:password@smsc.example:2775?from=36105"
OPTIONS = ("from", "system_type", "per_second")
SENDER = re.compile(r"[0-9]{3,15}|(?=[A-Za-z0-9 ]{1,11}$)[A-Za-z0-9][A-Za-z0-9 ]*")
LONGEST_USER, LONGEST_PASSWORD, LONGEST_TYPE = 15, 8, 12  # SMPP 3.4, 5.2
MOST_A_SECOND = 1000
PORTS = {"smpp": 2775, "smpps": 3550}


@dataclass(frozen=True, slots=True, kw_only=True)
class Centre:
    """A short-message centre, how to sign in there, and the sender that phones show."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    sender: str
    is_encrypted: bool = False
    system_type: str = ""
    per_second: int = 0
    """The most parts that it takes a second; 0 where it says so itself."""

    @classmethod
    def parse(cls, url: str) -> Self:
        """Read an address; ValueError says which part of it is wrong."""
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname or parts.path not in {"", "/"}:
            raise ValueError(EXPECTED)
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        if not 0 < len(user) <= LONGEST_USER or len(password) > LONGEST_PASSWORD:
            raise ValueError(f"expected a user of at most {LONGEST_USER} and a password of at most 8 characters")
        options = _options(parts.query)
        try:
            port = parts.port or PORTS[parts.scheme]
        except ValueError:
            raise ValueError("expected a port from 1 to 65535") from None
        return cls(
            host=parts.hostname,
            port=port,
            user=user,
            password=password,
            is_encrypted=parts.scheme == "smpps",
            sender=_sender(options.get("from", "")),
            system_type=options.get("system_type", "")[:LONGEST_TYPE],
            per_second=_rate(options.get("per_second", "0")),
        )


def _options(query: str) -> dict[str, str]:
    given = parse_qs(query, keep_blank_values=True)
    if unknown := given.keys() - set(OPTIONS):
        raise ValueError(f"there is no option {min(unknown)!r}: only {', '.join(OPTIONS)}")
    return {name: values[-1].strip() for name, values in given.items()}


def _sender(text: str) -> str:
    if not SENDER.fullmatch(text):
        raise ValueError("expected ?from= with a number in digits, or a name of at most 11 letters")
    return text


def _rate(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= MOST_A_SECOND):
        raise ValueError(f"expected per_second to be a number up to {MOST_A_SECOND}")
    return int(text)
