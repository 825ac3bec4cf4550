"""Everything that happened under the numbers of a person, newest first, a page at a time however long it is."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Self
from uuid import UUID

from django.db import connection

from ligneclaire.facts.sql import named
from ligneclaire.kernel.prepared import prepared

SQL = named(Path(__file__).with_suffix(".sql"))
SOURCES = {name: SQL[name] for name in ("facts", "messages", "talks")}
PAGE, COUNT, AUTHORS = (SQL[name].format(**SOURCES) for name in ("page", "count", "authors"))


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place of an entry in the thread, printed as "2015-02-15T10:20:00+00:00~0~12"."""

    at: datetime
    place: int
    id: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `str()` printed; ValueError for anything else."""
        at, place, number = text.split("~")
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None:
            raise ValueError(f"an instant needs a time zone: {at}")
        return cls(moment, int(place), int(number))

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.place}~{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which entries are looked for, "" for all: by which way, about which contract or case, and by whom."""

    channel: str = ""
    contract: str = ""
    case: str = ""
    author: str = ""  # as `authors` names them


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Somebody who wrote entries: "customer", "voice", "adviser:A-1" or "department:billing"."""

    key: str
    name: str  # of an adviser or a department


ALL = Wanted()


@dataclass(frozen=True, slots=True, kw_only=True)
class FactEntry:
    """A fact in the thread: who stated what, and what came of it; `end` is "waiting" while nothing did."""

    cursor: Cursor
    source: str
    by: str
    kind: str
    subject: str
    value: object
    effective: date | None
    at: datetime
    end: str
    reason: str
    utterance: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageEntry:
    """A message in the thread."""

    cursor: Cursor
    uuid: UUID
    channel: str
    is_copy: bool
    subject: str
    state: str  # or "delayed" while it could not be handed over yet, "held" at night, "delivered" to a phone
    answer: str  # of the server that did not take it
    sent_at: datetime | None
    signer: str
    held_until: datetime | None
    instead_of: str  # the channel by which it could not be delivered


@dataclass(frozen=True, slots=True, kw_only=True)
class MailFile:
    """A file that came with an e-mail, by its position in it."""

    position: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailOf:
    """The e-mail that an entry was."""

    uuid: UUID
    subject: str
    is_automatic: bool
    files: tuple[MailFile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkEntry:
    """What was said elsewhere, the promise in it, and the e-mail it was, if any."""

    cursor: Cursor
    medium: str
    direction: str
    text: str
    happened_at: datetime
    case: str
    by: str
    promise: str
    due_on: date | None
    at_time: time | None
    uuid: UUID
    is_waiting: bool  # for an answer
    person: str  # who spoke for the customer, "" for they themself
    person_kind: str
    identity: str  # how whoever spoke proved who they are
    mail: MailOf | None
    scan: UUID | None


Entry = FactEntry | MessageEntry | TalkEntry

FACT_COLUMNS, MESSAGE_COLUMNS = 10, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A stretch of the thread; `older` is where the next one begins, if there is more."""

    entries: tuple[Entry, ...]
    older: Cursor | None


def page(
    customers: Collection[str],
    *,
    wanted: Wanted = ALL,
    before: Cursor | None = None,
    down_to: Cursor | None = None,
    limit: int,
) -> Page:
    """The newest entries under these numbers before a place and down to another (included); open when not given."""
    with prepared() as cursor:
        cursor.execute(
            PAGE,
            {
                **_asked(customers, wanted),
                "limit": limit + 1,
                **_bound("before", before, "infinity"),
                **_bound("down_to", down_to, "-infinity"),
            },
        )
        found = [_entry(row) for row in cursor.fetchall()]
    entries = found[:limit]
    return Page(entries=tuple(entries), older=entries[-1].cursor if len(found) > limit else None)


def count(customers: Collection[str], wanted: Wanted) -> int:
    """How many entries are as wanted."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, _asked(customers, wanted))
        return int(cursor.fetchone()[0])


def authors(customers: Collection[str]) -> tuple[Author, ...]:
    """By whom there are entries: the customer, advisers, the voice, then departments."""
    with prepared() as cursor:
        cursor.execute(AUTHORS, _asked(customers, ALL))
        return tuple(Author(key=key, name=name) for key, name in cursor.fetchall())


def _asked(customers: Collection[str], wanted: Wanted) -> dict[str, str | int | list[str]]:
    return {
        "customers": list(customers),
        "channel": wanted.channel,
        "subject": f"contract:{wanted.contract}" if wanted.contract else "",
        "case": wanted.case,
        "author": wanted.author,
    }


def _bound(name: str, at: Cursor | None, otherwise: str) -> dict[str, str | int]:
    moment = at.at.isoformat() if at else otherwise
    return {name: moment, f"{name}_place": at.place if at else 0, f"{name}_id": at.id if at else 0}


def _entry(row: Sequence[Any]) -> Entry:
    moment, place, number, *columns = row
    cursor = Cursor(moment, place, number)
    match place:
        case 0:
            return _fact(cursor, columns[:FACT_COLUMNS])
        case 1:
            return _message(cursor, columns[FACT_COLUMNS : FACT_COLUMNS + MESSAGE_COLUMNS])
        case _:
            return _talk(cursor, columns[FACT_COLUMNS + MESSAGE_COLUMNS :])


def _fact(cursor: Cursor, columns: Sequence[Any]) -> FactEntry:
    source, by, kind, subject, value, effective, at, end, reason, utterance = columns
    return FactEntry(
        cursor=cursor,
        source=source,
        by=by,
        kind=kind,
        subject=subject,
        value=json.loads(value) if isinstance(value, str) else value,
        effective=effective,
        at=at,
        end=end,
        reason=reason,
        utterance=utterance,
    )


def _message(cursor: Cursor, columns: Sequence[Any]) -> MessageEntry:
    uuid, channel, is_copy, subject, state, answer, sent_at, signer, held_until, instead_of = columns
    return MessageEntry(
        cursor=cursor,
        uuid=uuid,
        channel=channel,
        is_copy=is_copy,
        subject=subject,
        state=state,
        answer=answer,
        sent_at=sent_at,
        signer=signer or "",
        held_until=held_until,
        instead_of=instead_of or "",
    )


def _talk(cursor: Cursor, columns: Sequence[Any]) -> TalkEntry:
    medium, direction, text, happened_at, case, by, promise, due_on, at_time, uuid, is_waiting, *who = columns
    person, person_kind, identity, scan, *mail = who
    return TalkEntry(
        cursor=cursor,
        medium=medium,
        direction=direction,
        text=text,
        happened_at=happened_at,
        case=case,
        by=by or "",
        promise=promise or "",
        due_on=due_on,
        at_time=at_time,
        uuid=uuid,
        is_waiting=is_waiting,
        scan=scan,
        person=person or "",
        person_kind=person_kind or "",
        identity=identity or "",
        mail=_mail(*mail),
    )


def _mail(
    uuid: UUID | None,
    subject: str,
    is_automatic: bool,  # noqa: FBT001 - a column
    files: Sequence[tuple[int, str]] | None,
) -> MailOf | None:
    if uuid is None:
        return None
    named = tuple(MailFile(position=position, name=name) for position, name in files or ())
    return MailOf(uuid=uuid, subject=subject, is_automatic=is_automatic, files=named)
