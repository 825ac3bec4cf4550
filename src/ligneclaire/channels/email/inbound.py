"""Read an e-mail as it came: what a person reads of it, whom it comes from, what it answers. Nothing makes it fail."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.policy import EmailPolicy
from email.utils import getaddresses
from typing import Any, cast
from uuid import UUID

from ligneclaire.channels.email.plain import plain
from ligneclaire.channels.email.quotes import parted
from ligneclaire.channels.email.reports import Reported, reported

LONGEST_TEXT = 100_000
LONGEST_HTML = 500_000
LONGEST_ADDRESS, LONGEST_NAME, LONGEST_SUBJECT, LONGEST_ID, LONGEST_KIND = 254, 120, 500, 255, 100
MOST_ATTACHMENTS, MOST_RECIPIENTS, MOST_REFERENCES = 300, 200, 50
# The standard library takes minutes for what nobody writes; the mail server would wait, and send it again.
LONGEST_HEADER, MOST_HEADERS, MOST_BORDERS = 4_000, 5, 10_000
LONGEST_HEAD = 100_000
CUT = "\n[…]"

# What the standard library raises for headers and parts that no standard knows; bugs of ours would show in tests.
BROKEN = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError, MessageError)
# What charsets mean in practice: Latin-1 is Windows' own; codecs that are slow on long texts are none.
MEANT = dict.fromkeys(("iso-8859-1", "latin-1", "latin1"), "cp1252") | dict.fromkeys(("idna", "punycode"), "utf-8")
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
HALVES = re.compile(r"[\ud800-\udfff]")
LINE_ENDS = re.compile(r"\r\n?")
MESSAGE_ID = re.compile(r"<([^<>\s]+)>")
NAMED = re.compile(rb"(?im)^message-id:[ \t]*<([^<>\s]+)>")  # where nothing else can be read
ADDRESS = re.compile(r"[^\s@<>]+@[^\s@<>]+")
BULK = {"bulk", "junk", "list", "auto_reply"}
ONLY_BY_MACHINES = ("X-Autoreply", "X-Autorespond", "X-Loop", "X-Failed-Recipients", "List-Id")
NOBODY = "<>"
# What servers write of an envelope, and then what people write.
ARRIVED = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to")
WHERE_TO = (*ARRIVED, "x-forwarded-to", "to", "cc")


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What the mail server says beside the e-mail; an empty sender is one that wants no answer."""

    sender: str
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A part of an e-mail that is not read as text."""

    name: str
    kind: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbound:
    """An e-mail that came in; addresses in small letters, references to messages of ours from the nearest."""

    message_id: str
    sender: str
    sender_name: str
    recipients: tuple[str, ...]
    arrived: tuple[str, ...]  # those of them of which our own server says so: nobody else can write them
    subject: str
    text: str
    quoted: str
    own: UUID | None  # the message of ours that it would be, if there is one with this name
    answers: tuple[UUID, ...]
    files: tuple[File, ...]
    reported: tuple[Reported, ...]  # of e-mails, by a mail server; those are from nobody
    is_automatic: bool
    is_readable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Body:
    text: str
    is_plain: bool
    files: tuple[File, ...]


class _Lenient(EmailPolicy):
    """The library's reading of headers, of those that are bounded, and by a likely charset where none is named."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, _sound(value[:LONGEST_HEADER])


LENIENT = cast("EmailPolicy[EmailMessage]", _Lenient())


def read(raw: bytes, *, envelope: Envelope | None = None) -> Inbound:
    """Read any bytes; what cannot be read has no text, and says so."""
    if raw.count(b"\n--") > MOST_BORDERS:
        return _unreadable(raw, envelope)
    try:
        return _read(message_from_bytes(raw, policy=LENIENT), envelope)
    except BROKEN:
        return _unreadable(raw, envelope)


def _read(mail: EmailMessage, envelope: Envelope | None) -> Inbound:
    subject = _line(next(_headers(mail, "Subject"), ""))[:LONGEST_SUBJECT]
    sender_name, sender = _sender(mail, envelope)
    body = _body(mail)
    new, quoted = parted(_shortened(body.text), subject=subject)
    message_id = _name(mail)
    return Inbound(
        message_id=message_id,
        sender=sender,
        sender_name=sender_name,
        recipients=_recipients(mail, envelope),
        arrived=_arrived(mail, envelope),
        subject=subject,
        text=new,
        quoted=quoted,
        own=_uuid(message_id),
        answers=_answers(mail),
        files=body.files[:MOST_ATTACHMENTS],
        reported=reported(mail) if _is_from_nobody(mail, envelope) else (),
        is_automatic=_is_automatic(mail, sender, envelope),
        is_readable=True,
    )


def _unreadable(raw: bytes, envelope: Envelope | None) -> Inbound:
    named = NAMED.search(raw, 0, LONGEST_HEAD)
    recipients = _unique(map(_address, envelope.recipients)) if envelope else ()
    return Inbound(
        message_id=named[1].decode(errors="replace")[:LONGEST_ID] if named else "",
        sender=_address(envelope.sender) if envelope else "",
        sender_name="",
        recipients=recipients,
        arrived=recipients,
        subject="",
        text="",
        quoted="",
        own=None,
        answers=(),
        files=(),
        reported=(),
        is_automatic=envelope is not None and envelope.sender in {"", NOBODY},
        is_readable=False,
    )


def _sender(mail: EmailMessage, envelope: Envelope | None) -> tuple[str, str]:
    for header in ("From", "Sender", *(() if envelope else ("Return-Path",))):
        for name, address in _addresses(mail, header):
            if address:
                return name, address
    return "", _address(envelope.sender) if envelope else ""


def _name(mail: EmailMessage) -> str:
    """By which it is known again; programs that do not write it as they should write the same each time."""
    written = [str(value) for name, value in mail.raw_items() if name.lower() == "message-id"]
    return next(iter(_ids(written)), "") or _line(next(iter(written), ""))[:LONGEST_ID]


def _recipients(mail: EmailMessage, envelope: Envelope | None) -> tuple[str, ...]:
    """Where it was sent, surest first: Cc and blind copies count like any other."""
    found = [_address(one) for one in envelope.recipients] if envelope else []
    for header in WHERE_TO:
        found += [address for _, address in _addresses(mail, header)]
    return _unique(found)[:MOST_RECIPIENTS]


def _arrived(mail: EmailMessage, envelope: Envelope | None) -> tuple[str, ...]:
    """Where our server took it in: what stands above all else was written last, and so by it."""
    if envelope is not None:
        return _unique(map(_address, envelope.recipients))
    last = next((name for name, _ in mail.raw_items() if name.lower() in ARRIVED), "")
    return _unique(address for _, address in _addresses(mail, last)[:1])


def _answers(mail: EmailMessage) -> tuple[UUID, ...]:
    """The messages that it answers: said so, or returned inside a delivery report."""
    ids = [*_ids(_headers(mail, "In-Reply-To")), *reversed(_ids(_headers(mail, "References")))]
    if mail.get_content_type() == "multipart/report":
        for part in mail.walk():
            if part is not mail and part.get_content_type() != "message/delivery-status":
                ids += _ids(_headers(part, "Message-ID"))
            if part.get_content_type() == "text/rfc822-headers":
                ids += _ids(_headers(message_from_bytes(_bytes(part), policy=LENIENT), "Message-ID"))
    found = dict.fromkeys(uuid for one in ids[:MOST_REFERENCES] if (uuid := _uuid(one)))
    return tuple(found)


def _is_from_nobody(mail: EmailMessage, envelope: Envelope | None) -> bool:
    """Whether its envelope is known and names no sender, so that nothing is reported of it in turn."""
    if envelope is not None:
        return envelope.sender in {"", NOBODY}
    return next(_headers(mail, "Return-Path"), "").strip() == NOBODY


def _is_automatic(mail: EmailMessage, sender: str, envelope: Envelope | None) -> bool:
    """Whether a machine wrote it: RFC 3834, and what machines did before it."""
    submitted = next(_headers(mail, "Auto-Submitted"), "no").partition(";")[0].strip().lower()
    return (
        submitted not in {"no", ""}
        or next(_headers(mail, "Precedence"), "").strip().lower() in BULK
        or next(_headers(mail, "Return-Path"), "").strip() == NOBODY
        or (envelope is not None and envelope.sender in {"", NOBODY})
        or any(mail.get_all(name) for name in ONLY_BY_MACHINES)
        or mail.get_content_type() == "multipart/report"
        or sender.startswith("mailer-daemon@")
    )


def _body(part: Message) -> _Body:
    """What is read of a part and the parts in it, and the files among them."""
    kind = part.get_content_type()
    if part.is_multipart() and kind.startswith("multipart/"):
        inside = [_body(one) for one in _parts(part)]
        return _one_of(inside) if kind == "multipart/alternative" else _together(inside)
    if part.get_content_disposition() == "attachment" or not _is_text(part, kind):
        return _Body(text="", is_plain=True, files=(_file(part, kind),))
    text, is_plain = _decoded(part), kind != "text/html"
    return _Body(text=_tidy(text if is_plain else plain(text[:LONGEST_HTML])), is_plain=is_plain, files=())


def _one_of(inside: Sequence[_Body]) -> _Body:
    """The plain one of several ways to say the same."""
    read = sorted((one for one in inside if one.text.strip()), key=lambda one: not one.is_plain)
    best = read[0] if read else _Body(text="", is_plain=True, files=())
    return replace(best, files=_files(inside))


def _together(inside: Sequence[_Body]) -> _Body:
    read = [one for one in inside if one.text.strip()]
    text = "\n\n".join(one.text.strip("\n") for one in read)
    return _Body(text=text, is_plain=all(one.is_plain for one in read), files=_files(inside))


def _files(inside: Sequence[_Body]) -> tuple[File, ...]:
    return tuple(file for one in inside for file in one.files)


def _is_text(part: Message, kind: str) -> bool:
    """Whether it is read where it stands; a multipart that is none was broken on its way."""
    if kind in {"text/plain", "text/html"}:
        return not part.get_filename()
    return kind.startswith("multipart/")


def _file(part: Message, kind: str) -> File:
    name = _line(part.get_filename() or "").replace("\\", "/").rpartition("/")[2]
    return File(name=name[-LONGEST_NAME:], kind=_line(kind)[:LONGEST_KIND], content=_bytes(part))


def _bytes(part: Message) -> bytes:
    """The content of a part; e-mails inside e-mails are written out."""
    if part.is_multipart():
        return b"\r\n".join(one.as_bytes(policy=policy.compat32) for one in _parts(part))
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _parts(part: Message) -> Sequence[Message]:
    inside: Any = part.get_payload()  # of a multipart: always messages
    return list(inside)


def _decoded(part: Message) -> str:
    """The text of a part, by the charset it names if that can be, otherwise by one that is likely."""
    content = _bytes(part)
    named = part.get_content_charset("utf-8")
    return _likely(content, MEANT.get(named, named))


def _likely(content: bytes, charset: str) -> str:
    for likely in (charset, "utf-8"):
        with suppress(LookupError, ValueError):
            return content.decode(likely)
    return content.decode("cp1252", errors="replace")


def _sound(text: str) -> str:
    """A header as it was sent, where bytes were taken for signs."""
    return _likely(text.encode("utf-8", "surrogateescape"), "utf-8")


def _addresses(mail: Message, header: str) -> list[tuple[str, str]]:
    try:
        found = getaddresses(list(_headers(mail, header)))
    except BROKEN:
        return []
    return [(_line(name)[:LONGEST_NAME], _address(address)) for name, address in found]


def _headers(mail: Message, name: str) -> Iterator[str]:
    """The values of a header; one that breaks its parser is taken as it was written."""
    written = [value for known, value in mail.raw_items() if known.lower() == name.lower()]
    for value in written[:MOST_HEADERS]:
        try:
            yield str(mail.policy.header_fetch_parse(name, value))
        except BROKEN:
            yield value


def _ids(values: Iterable[str]) -> list[str]:
    return [_line(one)[:LONGEST_ID] for value in values for one in MESSAGE_ID.findall(value)]


def _uuid(message_id: str) -> UUID | None:
    try:
        return UUID(message_id.partition("@")[0])
    except ValueError:
        return None


def _address(text: str) -> str:
    address = _line(text).lower()
    return address if ADDRESS.fullmatch(address) and len(address) <= LONGEST_ADDRESS else ""


def _unique(addresses: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, addresses)))


def _line(text: str) -> str:
    """One line without what cannot be seen."""
    return "".join(sign for sign in " ".join(text.split()) if sign.isprintable())


def _tidy(text: str) -> str:
    return HALVES.sub("\ufffd", UNSEEN.sub("", LINE_ENDS.sub("\n", text))).strip("\n").rstrip()


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT] + CUT
