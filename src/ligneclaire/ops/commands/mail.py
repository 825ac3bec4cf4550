"""`ligneclaire mail`: take in e-mails, from a mail server or from files."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Sequence
from pathlib import Path

import click
from django.conf import settings

from ligneclaire.cases.actions.receive_mail import Outcome, Received
from ligneclaire.channels.email.inbound import Envelope
from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.ops import database, lmtp
from ligneclaire.ops.printing import refusals
from ligneclaire.voice.actions.take_mail import take_mail


@click.command
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(*, files: Sequence[Path]) -> None:
    """Take in e-mails: from these files, or until stopped from the mail server that speaks LMTP to LIGNECLAIRE_LMTP.

    A mail server hears that an e-mail was taken in once it is written down, and to try again while it cannot be.
    """
    if faults := list(database.faults()):
        raise click.ClickException("\n".join(faults))
    if files:
        _read(files)
    elif settings.LMTP:
        host, _, port = settings.LMTP.rpartition(":")
        asyncio.run(_serve(host.strip("[]"), int(port)))
    else:
        raise click.UsageError("Name files, or the address to listen on in LIGNECLAIRE_LMTP, such as 127.0.0.1:24.")


def _read(files: Sequence[Path]) -> None:
    for file in files:
        with refusals():
            received = take_mail(raw=file.read_bytes(), envelope=None, by=SYSTEM, at=clock.now())
        click.echo(f"{file}: {_in_words(received)}")


def _in_words(received: Received) -> str:
    if received.outcome is Outcome.REPORT:
        return f"what became of a message to {received.matter.customer}" if received.matter else ""
    if received.matter:
        return f"in the thread of {received.matter.customer} {received.matter.case}".rstrip()
    return "taken in before" if received.outcome is Outcome.KNOWN else "waits for a person"


async def _serve(host: str, port: int) -> None:
    stop = asyncio.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(signum, stop.set)
    await lmtp.serve(host, port, take=_take, largest=settings.MAIL_LARGEST, until=stop.wait())


def _take(content: bytes, sender: str, recipients: tuple[str, ...]) -> None:
    envelope = Envelope(sender=sender, recipients=recipients)
    take_mail(raw=content, envelope=envelope, by=SYSTEM, at=clock.now())
