"""Empty a mailbox by IMAP: each e-mail is written down first, then moved away, so that none is lost and none is two."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import structlog
from django.db import DatabaseError, close_old_connections
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from ligneclaire.channels.email.postbox import Postbox
from ligneclaire.channels.email.server import Security

TIMEOUT = 60.0  # seconds in which a server answers
IDLE = 300.0  # seconds until the folder is looked at again though the server says nothing
SLICE = 1.0  # seconds until it is noticed that we are asked to stop
POLL = 30.0  # seconds between looks where the server cannot say when something comes
SOONEST, LATEST = 1.0, 300.0  # seconds until the next try where the server, or the database, is away
SIZE, BODY = b"RFC822.SIZE", b"BODY[]"


@dataclass(slots=True)
class Look:
    """How many e-mails a look into the folder took in, and how many it left; `is_done` unless something broke it."""

    taken: int = 0
    left: int = 0
    is_done: bool = False


Take = Callable[[bytes], object]
Note = Callable[[Look], object]

log = structlog.get_logger("ligneclaire.mail")


class Later(Exception):
    """The database cannot write now: all that waits goes on waiting in the mailbox."""


def empty(postbox: Postbox, *, take: Take, note: Note, largest: int, stop: threading.Event) -> None:
    """Take in what is in the folder, and what comes, until asked to stop; what breaks is begun again, ever later."""
    wait, look = SOONEST, Look()
    while not stop.is_set():
        try:
            with _connected(postbox) as client:
                log.info("mailbox_open", host=postbox.host, folder=postbox.folder)
                while not stop.is_set():
                    _take_in(client, postbox, take, largest, stop, look)
                    look.is_done = True
                    _tell(note, look)
                    wait, look = SOONEST, Look()
                    _wait_for_more(client, stop)
        except (OSError, IMAPClientError, Later) as broken:
            log.warning("mailbox_away", reason=str(broken).strip() or type(broken).__name__, again_in=wait)
            _tell(note, look)
            stop.wait(wait)
            wait, look = min(2 * wait, LATEST), Look()


def _tell(note: Note, look: Look) -> None:
    """Where the database can be told; else nothing says so better than the time since a look went well."""
    close_old_connections()
    with suppress(DatabaseError):
        note(look)
    close_old_connections()


@contextmanager
def _connected(postbox: Postbox) -> Iterator[IMAPClient]:
    """The folder open for writing, and the other one there."""
    context = ssl.create_default_context()
    is_encrypted = postbox.security is Security.TLS
    client = IMAPClient(
        postbox.host, postbox.port, ssl=is_encrypted, ssl_context=context if is_encrypted else None, timeout=TIMEOUT
    )
    try:
        if postbox.security is Security.STARTTLS:
            client.starttls(context)
        client.login(postbox.user, postbox.password)
        if not client.folder_exists(postbox.done):
            client.create_folder(postbox.done)
        yield client
    finally:
        with suppress(OSError, IMAPClientError):
            client.logout()
        with suppress(OSError):
            client.shutdown()


def _take_in(client: IMAPClient, postbox: Postbox, take: Take, largest: int, stop: threading.Event, look: Look) -> None:
    """Take in all that is in the folder now. What was done is not remembered but away: no numbering can mislead us."""
    client.select_folder(postbox.folder)
    for uid in client.search("UNDELETED"):
        if stop.is_set():
            return
        if _is_taken(client, uid, take, largest):
            _move(client, uid, postbox.done)
            look.taken += 1
        else:
            look.left += 1


def _is_taken(client: IMAPClient, uid: int, take: Take, largest: int) -> bool:
    """Whether it is written down now; what is too large, or breaks us, stays until the next look and stops no other."""
    size = client.fetch([uid], [SIZE]).get(uid, {}).get(SIZE, 0)
    if size > largest:
        log.error("mail_too_large", uid=uid, size=size, largest=largest)
        return False
    content = client.fetch([uid], [b"BODY.PEEK[]"]).get(uid, {}).get(BODY)
    if content is None:  # somebody moved it away meanwhile
        return False
    close_old_connections()
    try:
        take(content)
    except DatabaseError as away:
        raise Later(str(away).strip()) from away
    except Exception:  # whatever is wrong with us, the mailbox keeps it
        log.exception("mail_left", uid=uid)
        return False
    finally:
        close_old_connections()
    return True


def _move(client: IMAPClient, uid: int, to: str) -> None:
    """Away from where it would be taken in again, in one step where the server can."""
    if client.has_capability("MOVE"):
        client.move([uid], to)
        return
    client.copy([uid], to)
    client.delete_messages([uid])
    if client.has_capability("UIDPLUS"):
        client.uid_expunge([uid])


def _wait_for_more(client: IMAPClient, stop: threading.Event) -> None:
    """Until the server says that something came, or it is time to look."""
    if not client.has_capability("IDLE"):
        stop.wait(POLL)
        return
    client.idle()
    waited = 0.0
    while waited < IDLE and not stop.is_set() and not client.idle_check(timeout=SLICE):
        waited += SLICE
    client.idle_done()
