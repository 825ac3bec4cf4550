"""Hand an e-mail over to the mail server, and say plainly what came of it."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from smtplib import SMTP, SMTP_SSL, SMTPDataError, SMTPException, SMTPResponseException
from socket import SHUT_RDWR
from threading import Event, Timer

from ligneclaire.channels.email.server import MailServer, Security
from ligneclaire.channels.outgoing import NotYet, Undeliverable

CONNECT = 10.0  # seconds
DIALOGUE = 30.0  # seconds for all the rest, however slowly the server speaks
AUTHENTICATE = 530  # of us, not of the message
ACCEPTED, FOR_GOOD = range(200, 300), range(500, 600)


def hand_over(mail: bytes, *, sender: str, to: str, server: MailServer, seconds: float = DIALOGUE) -> str:
    """Give the server one e-mail for one address and return its answer.

    What the server says of the message may be for good; whatever else goes wrong is tried again.
    """
    if not (sender.isascii() and to.isascii()):
        raise Undeliverable(answer=f"an address with letters beyond ASCII: {to}")
    try:
        with _connected(server, sender.rpartition("@")[2], seconds) as client:
            _accepted(client.mail(sender))
            _accepted(client.rcpt(to))
            return _accepted(_data(client, mail))
    except SMTPResponseException as refused:
        raise NotYet(answer=_words(refused.smtp_code, refused.smtp_error)) from refused
    except (OSError, SMTPException) as broken:
        raise NotYet(answer=str(broken) or type(broken).__name__) from broken


@contextmanager
def _connected(server: MailServer, name: str, seconds: float) -> Iterator[SMTP]:
    context = ssl.create_default_context()
    if server.security is Security.TLS:
        client: SMTP = SMTP_SSL(server.host, server.port, local_hostname=name, timeout=CONNECT, context=context)
    else:
        client = SMTP(server.host, server.port, local_hostname=name, timeout=CONNECT)
    hung_up = Event()
    end = Timer(seconds, _hang_up, [client, hung_up])
    end.daemon = True
    end.start()
    try:
        if client.sock is not None:
            client.sock.settimeout(seconds)
        if server.security is Security.STARTTLS:
            client.starttls(context=context)
        if server.user:
            client.login(server.user, server.password)
        client.ehlo_or_helo_if_needed()
        yield client
    except (OSError, SMTPException) as broken:
        if hung_up.is_set():
            raise TimeoutError(f"no answer within {seconds:g} seconds") from broken
        raise
    finally:
        end.cancel()
        with suppress(OSError, SMTPException):
            client.putcmd("QUIT")  # nobody waits for an answer: what was accepted is theirs
        client.close()


def _hang_up(client: SMTP, hung_up: Event) -> None:
    hung_up.set()
    with suppress(OSError):
        if client.sock is not None:
            client.sock.shutdown(SHUT_RDWR)


def _data(client: SMTP, mail: bytes) -> tuple[int, bytes | str]:
    try:
        return client.data(mail)
    except SMTPDataError as refused:  # before the mail itself
        return refused.smtp_code, refused.smtp_error


def _accepted(said: tuple[int, bytes | str]) -> str:
    code, text = said
    if code in ACCEPTED:
        return _words(code, text)
    if code in FOR_GOOD and code != AUTHENTICATE:
        raise Undeliverable(answer=_words(code, text))
    raise NotYet(answer=_words(code, text))


def _words(code: int, text: bytes | str) -> str:
    said = text.decode(errors="replace") if isinstance(text, bytes) else text
    return f"{code} {' '.join(said.split())}"
