"""Put a letter into the outbox as a PDF."""

from __future__ import annotations

from pathlib import Path

from ligneclaire.channels.letter.render import render
from ligneclaire.channels.outgoing import Outgoing
from ligneclaire.channels.spool import put


def deliver(message: Outgoing, *, outbox: Path) -> str:
    """Write the letter once and return where it lies."""
    pdf = render(message.content, sender=message.sender, recipient=message.to)
    return put(outbox / "letter" / f"{message.id}.pdf", pdf)
