"""Hand an event to another system over HTTP: to the address that was looked at, and nowhere else."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from urllib.parse import SplitResult, urlsplit

from ligneclaire.hooks.rules.address import is_outside

PATIENCE = 10.0  # seconds for each part of the conversation
LONGEST_ANSWER = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the other system answered; no status where it did not."""

    status: int | None
    text: str


class _Pinned(HTTPConnection):
    """A connection to addresses that were looked up before, whatever the name means a moment later."""

    def __init__(self, parts: SplitResult, addresses: Sequence[str]) -> None:
        is_safe = parts.scheme == "https"
        super().__init__(parts.hostname or "", parts.port or (443 if is_safe else 80), timeout=PATIENCE)
        self._addresses, self._is_safe = addresses, is_safe

    def connect(self) -> None:
        """To the first that answers; under the name, where there is a certificate to compare."""
        *others, last = self._addresses
        for address in others:
            with suppress(OSError):
                self.sock = socket.create_connection((address, self.port), PATIENCE)
                break
        else:
            self.sock = socket.create_connection((last, self.port), PATIENCE)
        if self._is_safe:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


def post(url: str, body: bytes, headers: Mapping[str, str], *, is_inside_allowed: bool) -> Reply:
    """Send once; a redirection is an answer like any other and is not followed."""
    parts = urlsplit(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        addresses = _addresses_of(parts)
        if not (is_inside_allowed or all(map(is_outside, addresses))):
            return Reply(status=None, text=f"{parts.hostname} is inside a network where events may not go")
        with closing(_Pinned(parts, addresses)) as connection:
            connection.request("POST", path, body=body, headers={**headers, "user-agent": "ligneclaire"})
            answer = connection.getresponse()
            text = " ".join(answer.read(LONGEST_ANSWER).decode(errors="replace").split())
            return Reply(status=answer.status, text=f"{answer.status} {''.join(filter(str.isprintable, text))}".strip())
    except (OSError, HTTPException, UnicodeError) as failed:
        return Reply(status=None, text=f"{type(failed).__name__}: {failed}".replace("\x00", ""))


def _addresses_of(parts: SplitResult) -> list[str]:
    """All that the name means."""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return [str(place[4][0]) for place in socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)]
