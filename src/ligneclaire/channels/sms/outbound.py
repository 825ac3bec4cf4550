"""Put a text message into the outbox."""

from __future__ import annotations

from pathlib import Path

from ligneclaire.channels.note import Note
from ligneclaire.channels.outgoing import Outgoing
from ligneclaire.channels.sms.text import plain, text_of
from ligneclaire.channels.spool import put


def deliver(message: Outgoing, *, outbox: Path) -> str:
    """Write the number and the text once and return where they lie."""
    (to,) = message.to
    return put(outbox / "sms" / f"{message.id}.txt", f"{to}\n\n{text_of(message.content)}\n".encode())


def deliver_note(note: Note, *, outbox: Path) -> str:
    """Write the number and a few lines once and return where they lie."""
    text = plain(" ".join(note.paragraphs))
    return put(outbox / "sms" / f"{note.id}.txt", f"{note.to}\n\n{text}\n".encode())
