"""Which mail server takes our e-mails, as one address says it."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

EXPECTED = "expected something like smtp://user:password@mx.example:587?starttls=yes or smtps://mx.example"
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class Security(enum.StrEnum):
    """How the way to the server is kept from others."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


PORTS = {Security.NONE: 25, Security.STARTTLS: 587, Security.TLS: 465}


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """A mail server and how to speak to it; without a user nobody signs in."""

    host: str
    port: int
    security: Security
    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def parse(cls, url: str) -> Self:
        """Read an address; ValueError says which part of it is wrong."""
        parts = urlsplit(url)
        if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or parts.path not in {"", "/"}:
            raise ValueError(EXPECTED)
        security = _security(parts.scheme, parse_qs(parts.query, keep_blank_values=True))
        user, password = _login(parts, security)
        try:
            port = parts.port or PORTS[security]
        except ValueError:
            raise ValueError("expected a port from 1 to 65535") from None
        return cls(host=parts.hostname, port=port, security=security, user=user, password=password)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """How e-mails leave: by which server, if by any, and where answers go, if not to the adviser alone."""

    server: MailServer | None = None
    reply_base: str = ""


NO_POST = Post()


def _login(parts: SplitResult, security: Security) -> tuple[str, str]:
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(user) != bool(password):
        raise ValueError("expected a user with a password, or neither")
    if password and security is Security.NONE and parts.hostname not in LOOPBACK:
        raise ValueError("a password is not sent in the clear: use smtps:// or ?starttls=yes")
    return user, password


def _security(scheme: str, options: dict[str, list[str]]) -> Security:
    if unknown := options.keys() - {"starttls"}:
        raise ValueError(f"there is no option {min(unknown)!r}: only starttls=yes or starttls=no")
    chosen = options.get("starttls", ["no"])
    if chosen not in (["yes"], ["no"]):
        raise ValueError("expected starttls=yes or starttls=no")
    if scheme == "smtps":
        if chosen == ["yes"]:
            raise ValueError("smtps:// is encrypted from the start: leave starttls out")
        return Security.TLS
    return Security.STARTTLS if chosen == ["yes"] else Security.NONE
