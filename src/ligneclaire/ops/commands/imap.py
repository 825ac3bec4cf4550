"""`ligneclaire imap`: take in e-mails from a mailbox."""

from __future__ import annotations

import signal
import threading

import click
from django.conf import settings

from ligneclaire.channels.actions.note_mailbox import note_mailbox
from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.ops import database, imap
from ligneclaire.ops.imap import Look
from ligneclaire.voice.actions.take_mail import take_mail


@click.command
def command() -> None:
    """Empty the mailbox of LIGNECLAIRE_IMAP_URL until stopped: each e-mail is written down, then moved to a folder.

    For where no mail server can hand e-mails over by LMTP (`ligneclaire mail`), which is faster and says no at once.
    """
    if faults := list(database.faults()):
        raise click.ClickException("\n".join(faults))
    if settings.IMAP is None:
        raise click.UsageError("Name the mailbox in LIGNECLAIRE_IMAP_URL, such as imaps://user:password@imap.example.")
    stop = threading.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, lambda *_: stop.set())
    imap.empty(settings.IMAP, take=take, note=note, largest=settings.MAIL_LARGEST, stop=stop)


def take(content: bytes) -> None:
    """Write one down; a mailbox has no envelope, so its headers say who sent it where."""
    take_mail(raw=content, envelope=None, by=SYSTEM, at=clock.now())


def note(look: Look) -> None:
    """Let /metrics know how it goes."""
    assert settings.IMAP
    name, left = f"{settings.IMAP.host}/{settings.IMAP.folder}", look.left if look.is_done else None
    note_mailbox(name=name, taken=look.taken, left=left, by=SYSTEM, at=clock.now())
