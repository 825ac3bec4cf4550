"""`ligneclaire sms`: be connected to a short-message centre."""

from __future__ import annotations

import threading

import click
from django.conf import settings
from django.db import close_old_connections

from ligneclaire.channels.sms import lines
from ligneclaire.channels.sms.inbound import Deliver, Receipt, read
from ligneclaire.channels.sms.smpp import Line
from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.ops import database
from ligneclaire.ops.worker import TEXTS, work
from ligneclaire.voice.actions.take_text import take_text
from ligneclaire.voice.tasks import take_receipt_later


@click.command
def command() -> None:
    """Hand text messages over to the short-message centre of LIGNECLAIRE_SMPP_URL, and hear it, until stopped.

    The centre hears that something was taken in once it is written down, and to come again while it cannot be.
    """
    if faults := list(database.faults()):
        raise click.ClickException("\n".join(faults))
    if settings.SMPP is None:
        raise click.UsageError("Name the short-message centre in LIGNECLAIRE_SMPP_URL.")
    line = Line(settings.SMPP, _heard_afresh)

    def talk(stop: threading.Event) -> None:
        line.run(stop)

    with lines.used(line):
        work(beside=[talk], crews=TEXTS)


def hear(came: Deliver) -> None:
    """Write down what the centre says: a receipt as a job, a text message as the entry that it is."""
    said = read(came)
    if not isinstance(said, Receipt):
        take_text(text=said, by=SYSTEM, at=clock.now())
    elif said.is_final:
        take_receipt_later(said)


def _heard_afresh(came: Deliver) -> None:
    """The connection to the database may have ended since the last one."""
    close_old_connections()
    try:
        hear(came)
    finally:
        close_old_connections()
