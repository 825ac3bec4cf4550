"""Take in e-mails from a mail server by LMTP (RFC 2033): written down first, then said to be."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from weakref import WeakSet

import structlog
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import Envelope as Handed
from aiosmtpd.smtp import Session
from django.db import DatabaseError, close_old_connections

HANDS = 4  # e-mails taken in at once, each with a connection to the database
PATIENCE = 20.0  # seconds to finish what is being taken in when asked to stop
LONGEST_LINE = 1024 * 1024  # far above what is allowed, because some programs do not care

DONE = "250 2.0.0 Written down"
LATER = "451 4.3.0 Not now, try again"
REFUSED = (
    "552 Error: Too much",
    "500 Line too long",
)  # what the library says once, of all recipients, after the data: too much, or too long a line

Take = Callable[[bytes, str, tuple[str, ...]], object]  # the bytes, the sender and the recipients

log = structlog.get_logger("ligneclaire.mail")


async def serve(host: str, port: int, *, take: Take, largest: int, until: Awaitable[object]) -> None:
    """Take in e-mails on an address until told to stop; what is being taken in then is finished."""
    door = _Door(take)
    loop = asyncio.get_running_loop()
    open_ones = WeakSet[_Answers]()

    def answers() -> _Answers:
        one = _Answers(
            door, data_size_limit=largest, enable_SMTPUTF8=True, hostname="ligneclaire", ident="LMTP", loop=loop
        )
        open_ones.add(one)
        return one

    server = await loop.create_server(answers, host, port)
    log.info("mail_awaited", host=host, port=server.sockets[0].getsockname()[1], largest=largest)
    await until
    server.close()
    await door.close()
    for one in list(open_ones):
        if isinstance(one.transport, asyncio.WriteTransport):
            one.transport.abort()  # only open: nothing is on its way
    await asyncio.sleep(0)


class _Answers(LMTP):
    """The library's dialogue, which knows one answer after the data, where LMTP has one for each recipient."""

    line_length_limit = LONGEST_LINE

    async def push(self, status: Any) -> None:
        """Say a refusal of the data once for each recipient."""
        is_of_all = isinstance(status, str) and status.startswith(REFUSED) and self.envelope is not None
        times = len(self.envelope.rcpt_tos) if is_of_all and self.envelope else 1
        await super().push("\r\n".join([status] * times) if times > 1 else status)


class _Door:
    """What the library asks when an e-mail is there."""

    def __init__(self, take: Take) -> None:
        self._take = take
        self._hands = ThreadPoolExecutor(HANDS, thread_name_prefix="mail")
        self._busy = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def handle_DATA(self, _server: LMTP, _session: Session, envelope: Handed) -> str:  # noqa: N802 - the library's
        """Answer each recipient once all is committed."""
        self._busy += 1
        self._idle.clear()
        try:
            content, recipients = envelope.original_content or b"", tuple(map(_sound, envelope.rcpt_tos))
            loop = asyncio.get_running_loop()
            sender = _sound(envelope.mail_from or "")
            answer = await loop.run_in_executor(self._hands, self._taken, content, sender, recipients)
        finally:
            self._busy -= 1
            if not self._busy:
                self._idle.set()
        return "\r\n".join([answer] * len(envelope.rcpt_tos))

    async def close(self) -> None:
        """Wait for what is being taken in."""
        try:
            await asyncio.wait_for(self._idle.wait(), PATIENCE)
        except TimeoutError:
            log.warning("mail_unfinished", count=self._busy)  # the mail server has no answer and comes again
        self._hands.shutdown(wait=False, cancel_futures=True)

    def _taken(self, content: bytes, sender: str, recipients: tuple[str, ...]) -> str:
        close_old_connections()
        try:
            self._take(content, sender, recipients)
        except DatabaseError as away:
            log.warning("mail_later", reason=str(away).strip())
            return LATER
        except Exception:  # whatever is wrong with us, the mail server keeps the e-mail
            log.exception("mail_later")
            return LATER
        finally:
            close_old_connections()
        return DONE


def _sound(address: str) -> str:
    """An address as the server named it, bytes that are no text replaced."""
    return address.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
