"""Record facts: once each, in the caller's transaction, together with the mark that somebody has news."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from ligneclaire.facts.news import WAKE, announce
from ligneclaire.facts.sql import named
from ligneclaire.facts.staging import FEW, Staged, stage
from ligneclaire.facts.stated import Answer, Priority, Statement
from ligneclaire.hooks.jobs import post_later
from ligneclaire.hooks.states import PostingState
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.prepared import prepared
from ligneclaire.kernel.request import request_id

SQL = named(Path(__file__).with_name("record.sql"))


@transaction.atomic(savepoint=False)
def record(
    statements: Sequence[Statement], *, by: Actor, at: datetime, priority: Priority = Priority.LIVE
) -> tuple[Answer, ...]:
    """Record statements at an instant and wake a worker; the answers stand in the order of the statements.

    The same (source, id) again changes nothing; with other content it is a conflict. An instant at which a
    customer was already decided is over: the fact is then recorded just after it.
    """
    if not statements:
        return ()
    with prepared() if len(statements) <= FEW else connection.cursor() as cursor:
        staged = stage(cursor, statements)
        answers = _answers(cursor, staged, statements)
        fresh = [place for place, answer in enumerate(answers) if answer is Answer.ACCEPTED]
        if fresh:
            staged.execute(cursor, SQL["mark"], places=fresh, priority=priority, now=at)
            staged.execute(cursor, SQL["record"], places=fresh, now=at, by=str(by), request=request_id())
            post_later((uuid, wanted) for uuid, wanted, state in cursor.fetchall() if state == PostingState.WAITING)
            announce({statements[place].key for place in fresh}, wake=True)
    return answers


def stated(names: Collection[tuple[str, str]]) -> dict[tuple[str, str], Statement]:
    """Return what was recorded under these names of (source, id)."""
    if not names:
        return {}
    source, source_id = zip(*sorted(names), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(SQL["stated"], {"source": list(source), "source_id": list(source_id)})
        found = [_statement(*row) for row in cursor.fetchall()]
    return {statement.once: statement for statement in found}


def hold(keys: Iterable[str]) -> None:
    """Keep workers away from these customers until the transaction ends; take it before any row of theirs."""
    with connection.cursor() as cursor:
        held = {"keys": sorted(keys)}
        cursor.execute(SQL["know"], held)
        cursor.execute(SQL["hold"], held)  # apart: only a new statement sees a row that somebody else just made


def wake_all(*, at: datetime) -> None:
    """Have everybody who waits for time to pass looked at again now."""
    with connection.cursor() as cursor:
        cursor.execute(SQL["wake_all"], {"at": at})
        cursor.execute("SELECT pg_notify(%s, '')", [WAKE])


def _answers(cursor: CursorWrapper, staged: Staged, statements: Sequence[Statement]) -> tuple[Answer, ...]:
    staged.execute(cursor, SQL["intake"])
    new = set(cursor.fetchall())
    first: dict[tuple[str, str], int] = {}
    for place, statement in enumerate(statements):
        if statement.once in new:
            first.setdefault(statement.once, place)
    again = [place for place, statement in enumerate(statements) if first.get(statement.once) != place]
    known = _known(cursor, staged, again)
    answers = [Answer.ACCEPTED] * len(statements)
    for place in again:
        statement = statements[place]
        answers[place] = Answer.KNOWN if known[statement.once] == statement.digest else Answer.CONFLICT
    return tuple(answers)


def _known(cursor: CursorWrapper, staged: Staged, places: Sequence[int]) -> dict[tuple[str, str], bytes]:
    if not places:
        return {}
    staged.execute(cursor, SQL["known"], places=places)
    return {(source, source_id): bytes(digest) for source, source_id, digest in cursor.fetchall()}


def _statement(
    source: str,
    source_id: str,
    kind: str,
    customer: str | None,
    subject: str,
    value: str,
    effective: date | None,
    at: datetime,
) -> Statement:
    return Statement(
        source=source,
        source_id=source_id,
        kind=kind,
        customer=customer,
        subject=subject,
        value=json.loads(value),
        effective=effective,
        at=at,
    )
