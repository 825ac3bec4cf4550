"""Put a text message into the outbox, and hand it over where there is a short-message centre."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import structlog

from ligneclaire.channels.content import Content
from ligneclaire.channels.note import Note
from ligneclaire.channels.outgoing import Outgoing
from ligneclaire.channels.sms.gsm import cut
from ligneclaire.channels.sms.smpp import LeftPerhaps, Line
from ligneclaire.channels.sms.text import length_of, plain, text_of
from ligneclaire.channels.spool import put

IN_DOUBT = "it is not known whether the short-message centre took part {place} of {parts}"
log = structlog.get_logger("ligneclaire.sms")


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How a text message leaves: the line, what is known of its parts, and whom to tell of each that is taken."""

    line: Line
    accepted: Mapping[int, str]
    doubtful: frozenset[int]
    tell: Callable[[int, str], object]


def deliver(message: Outgoing, *, outbox: Path, way: Way | None = None) -> str:
    """Let the text message leave and return where its number and text lie; each part is handed over once."""
    (to,) = message.to
    text = text_of(message.content)
    path, written = outbox / "sms" / f"{message.id}.txt", f"{to}\n\n{text}\n".encode()
    if way is None:
        return put(path, written)
    pieces = cut(text, of=message.id)
    for place, piece in enumerate(pieces, start=1):
        if place in way.accepted:
            continue
        if place in way.doubtful:
            raise LeftPerhaps(answer=IN_DOUBT.format(place=place, parts=len(pieces)))
        name = way.line.submit(piece, to=to, wants_receipt=True)
        way.tell(place, name)
        log.info("text message handed over", id=str(message.id), place=place, parts=len(pieces), centre_id=name)
    path.unlink(missing_ok=True)  # of an earlier try, to another number
    return put(path, written)


def parts_of(content: Content) -> int:
    """How many parts it takes."""
    return length_of(text_of(content)).parts


def deliver_note(note: Note, *, outbox: Path, line: Line | None = None) -> str:
    """Let a few lines leave and return where they lie; nobody asks what became of them, and the same again may come."""
    text = plain(" ".join(note.paragraphs))
    path = put(outbox / "sms" / f"{note.id}.txt", f"{note.to}\n\n{text}\n".encode())
    if line:
        for piece in cut(text, of=note.id):
            line.submit(piece, to=note.to, wants_receipt=False)
    return path
