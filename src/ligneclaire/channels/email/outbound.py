"""Write an e-mail down whole in the outbox (RFC 5322), and hand it over where there is a mail server."""

from __future__ import annotations

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import SMTP
from itertools import chain, count
from pathlib import Path
from uuid import UUID

import structlog

from ligneclaire.channels.email.html import html_of
from ligneclaire.channels.email.reply import reply_address
from ligneclaire.channels.email.server import NO_POST, Post
from ligneclaire.channels.email.smtp import hand_over
from ligneclaire.channels.email.text import text_of, wrapped
from ligneclaire.channels.note import Note
from ligneclaire.channels.outgoing import Outgoing, Undeliverable
from ligneclaire.channels.spool import put

MOST_REFERENCES = 10  # the first and the newest: headers do not grow for ever
log = structlog.get_logger("ligneclaire.email")


def deliver(message: Outgoing, *, outbox: Path, post: Post = NO_POST) -> str:
    """Let the e-mail leave and return where the file of it lies; NotYet and Undeliverable say what the server said."""
    return _leave(message.id, compose(message, reply_base=post.reply_base), outbox, post)


def deliver_note(note: Note, *, outbox: Path, post: Post = NO_POST) -> str:
    """Let a few lines leave and return where the file of them lies."""
    mail = _headed(
        uuid=note.id,
        sender=Address(display_name=note.sender, addr_spec=note.sender_address),
        to=note.to,
        subject=note.subject,
        sent_at=note.sent_at,
        reply_to=reply_address(post.reply_base, note.reference),
    )
    body = "\n\n".join(wrapped(paragraph) for paragraph in note.paragraphs)
    mail.set_content(f"{body}\n", cte="quoted-printable")
    mail["Content-Language"] = note.language
    return _leave(note.id, mail, outbox, post)


def compose(message: Outgoing, *, reply_base: str = "") -> EmailMessage:
    """Build the e-mail; an answer to it carries the reference in its subject, and in its address if there is one."""
    content, contact = message.content, message.content.contact
    written = text_of(content)
    (to,) = message.to
    mail = _headed(
        uuid=message.id,
        sender=Address(display_name=f"{contact.name}, {message.sender[0]}", addr_spec=contact.email),
        to=to,
        subject=written.subject,
        sent_at=message.sent_at,
        reply_to=reply_address(reply_base, content.reference),
    )
    earlier = [_message_id(one.id, one.sender_address) for one in message.earlier]
    if earlier:
        mail["In-Reply-To"] = earlier[-1]
        mail["References"] = " ".join(earlier if len(earlier) <= MOST_REFERENCES else _ends_of(earlier))
    mail.set_content(written.body, cte="quoted-printable")
    mail.add_alternative(html_of(content), subtype="html", cte="quoted-printable")
    mail.set_boundary(f"=_{message.id.hex}")
    for file in message.enclosed:
        maintype, _, subtype = file.kind.partition("/")
        mail.add_attachment(file.content, maintype=maintype, subtype=subtype, filename=file.name)
    if message.enclosed:
        mail.set_boundary(f"=_{message.id.hex}.files")
    mail["Content-Language"] = content.language
    return mail


def _headed(*, uuid: UUID, sender: Address, to: str, subject: str, sent_at: datetime, reply_to: str) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender
    mail["To"] = Address(addr_spec=to)
    if reply_to:
        mail["Reply-To"] = Address(display_name=sender.display_name, addr_spec=reply_to)
    mail["Subject"] = subject
    mail["Date"] = sent_at
    mail["Message-ID"] = _message_id(uuid, sender.addr_spec)
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's absence note comes back
    return mail


def _message_id(uuid: UUID, sender_address: str) -> str:
    return f"<{uuid}@{sender_address.rpartition('@')[2]}>"


def _ends_of(earlier: list[str]) -> list[str]:
    return [earlier[0], *earlier[1 - MOST_REFERENCES :]]


def _place(folder: Path, uuid: UUID, mail: EmailMessage) -> Path:
    """Its file; what left before, and came back from another address, stays what it was."""
    names = chain([f"{uuid}.eml"], (f"{uuid}.{number}.eml" for number in count(2)))
    paths = (folder / name for name in names)
    return next(path for path in paths if not path.exists() or _to(path) == str(mail["To"]))


def _to(path: Path) -> str:
    return str(BytesHeaderParser(policy=SMTP).parsebytes(path.read_bytes())["To"])


def _leave(uuid: UUID, mail: EmailMessage, outbox: Path, post: Post) -> str:
    path = _place(outbox / "email", uuid, mail)
    if post.server is None:
        return put(path, mail.as_bytes(policy=SMTP))
    if not path.exists():  # else it was tried before: the same bytes again, whoever signs or writes by now
        put(path, mail.as_bytes(policy=SMTP))
    written = path.read_bytes()
    sender = (mail["Reply-To"] or mail["From"]).addresses[0].addr_spec  # where the failures of others come back to
    (to,) = mail["To"].addresses
    try:
        answer = hand_over(written, sender=sender, to=to.addr_spec, server=post.server)
    except Undeliverable:
        path.unlink()  # it did not leave
        raise
    log.info("e-mail handed over", id=str(uuid), answer=answer)
    return str(path)
