"""Which mailbox is emptied by IMAP, as one address says it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Self
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from ligneclaire.channels.email.server import LOOPBACK, Security

EXPECTED = (
    "expected something like imaps://user:password@imap.example or imap://user:password@imap.example?starttls=yes"
)
OPTIONS = ("starttls", "done")
PORTS = {Security.NONE: 143, Security.STARTTLS: 143, Security.TLS: 993}
LONGEST_FOLDER = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Postbox:
    """A mailbox, how to sign in there, the folder that is emptied, and that into which it is."""

    host: str
    port: int
    security: Security
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    done: str = "Processed"

    @classmethod
    def parse(cls, url: str) -> Self:
        """Read an address; ValueError says which part of it is wrong."""
        parts = urlsplit(url)
        if parts.scheme not in {"imap", "imaps"} or not parts.hostname:
            raise ValueError(EXPECTED)
        options = _options(parts.query)
        security = _security(parts, options.get("starttls", "no"))
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        if not (user and password):
            raise ValueError("expected a user with a password before the host")
        folder = _folder(unquote(parts.path.removeprefix("/")) or "INBOX")
        done = _folder(options.get("done", "Processed"))
        if done.upper() == folder.upper():
            raise ValueError("expected another folder in ?done= than the one that is emptied")
        return cls(
            host=parts.hostname,
            port=_port(parts, security),
            security=security,
            user=user,
            password=password,
            folder=folder,
            done=done,
        )


def _port(parts: SplitResult, security: Security) -> int:
    try:
        return parts.port or PORTS[security]
    except ValueError:
        raise ValueError("expected a port from 1 to 65535") from None


def _options(query: str) -> dict[str, str]:
    given = parse_qs(query, keep_blank_values=True)
    if unknown := given.keys() - set(OPTIONS):
        raise ValueError(f"there is no option {min(unknown)!r}: only {', '.join(OPTIONS)}")
    return {name: values[-1].strip() for name, values in given.items()}


def _security(parts: SplitResult, chosen: str) -> Security:
    if chosen not in {"yes", "no"}:
        raise ValueError("expected starttls=yes or starttls=no")
    if parts.scheme == "imaps":
        if chosen == "yes":
            raise ValueError("imaps:// is encrypted from the start: leave starttls out")
        return Security.TLS
    if chosen == "no" and parts.hostname not in LOOPBACK:
        raise ValueError("a password is not sent in the clear: use imaps:// or ?starttls=yes")
    return Security.STARTTLS if chosen == "yes" else Security.NONE


def _folder(name: str) -> str:
    if not (0 < len(name) <= LONGEST_FOLDER and name.isprintable()):
        raise ValueError(f"expected the name of a folder, of at most {LONGEST_FOLDER} letters")
    return name
