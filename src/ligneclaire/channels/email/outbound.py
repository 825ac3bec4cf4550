"""Put an e-mail into the outbox as a complete message (RFC 5322)."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from ligneclaire.channels.email.text import text_of, wrapped
from ligneclaire.channels.note import Note
from ligneclaire.channels.outgoing import Outgoing
from ligneclaire.channels.spool import put


def deliver(message: Outgoing, *, outbox: Path) -> str:
    """Write the e-mail once and return where it lies."""
    return put(outbox / "email" / f"{message.id}.eml", compose(message).as_bytes(policy=SMTP))


def deliver_note(note: Note, *, outbox: Path) -> str:
    """Write a few lines once and return where they lie."""
    body = "\n\n".join(wrapped(paragraph) for paragraph in note.paragraphs)
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(display_name=note.sender, addr_spec=note.sender_address)
    mail["To"] = Address(addr_spec=note.to)
    mail["Subject"] = note.subject
    mail["Date"] = note.sent_at
    mail["Message-ID"] = f"<{note.id}@{note.sender_address.rpartition('@')[2]}>"
    mail.set_content(f"{body}\n", cte="quoted-printable")
    mail["Content-Language"] = note.language
    return put(outbox / "email" / f"{note.id}.eml", mail.as_bytes(policy=SMTP))


def compose(message: Outgoing) -> EmailMessage:
    """Build the e-mail; an answer to it carries the reference in its subject."""
    contact = message.content.contact
    written = text_of(message.content)
    (to,) = message.to
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(display_name=f"{contact.name}, {message.sender[0]}", addr_spec=contact.email)
    mail["To"] = Address(addr_spec=to)
    mail["Subject"] = written.subject
    mail["Date"] = message.sent_at
    mail["Message-ID"] = f"<{message.id}@{contact.email.rpartition('@')[2]}>"
    mail.set_content(written.body, cte="quoted-printable")
    mail["Content-Language"] = message.content.language
    return mail
