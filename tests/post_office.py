"""The world's mail server: takes what it is sent, and refuses, waits or is away as a test says."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from ligneclaire.channels.email.server import MailServer, Security

OK = "250 2.0.0 queued as 4F3A"


@dataclass
class PostOffice:
    """Mails in the order in which they were accepted; `says` is taken one answer a mail, then it accepts."""

    port: int
    accepted: list[Envelope] = field(default_factory=list)
    to_sender: list[str] = field(default_factory=list)
    to_recipient: list[str] = field(default_factory=list)
    to_mail: list[str] = field(default_factory=list)
    slow: float = 0.0
    tried: int = 0

    @property
    def server(self) -> MailServer:
        """How to reach it."""
        return MailServer(host="127.0.0.1", port=self.port, security=Security.NONE)

    async def handle_MAIL(  # noqa: N802 - as the library calls it
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """The first command of a mail."""
        self.tried += 1
        if self.to_sender:
            return self.to_sender.pop(0)
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """For whom it is."""
        if self.to_recipient:
            return self.to_recipient.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """The mail itself."""
        await asyncio.sleep(self.slow)
        answer = self.to_mail.pop(0) if self.to_mail else OK
        if answer.startswith("2"):
            self.accepted.append(envelope)
        return answer

    def mails(self) -> list[bytes]:
        """The mails that were accepted, byte for byte."""
        return [bytes(envelope.original_content or b"") for envelope in self.accepted]


@contextmanager
def post_office(port: int = 0, **options: Any) -> Iterator[PostOffice]:
    """Open for the length of the block, on a port of its own unless one is given."""
    office = PostOffice(port=port or free_port())
    controller = Controller(office, hostname="127.0.0.1", port=office.port, **options)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()


def free_port() -> int:
    """A port where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
