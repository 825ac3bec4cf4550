"""Record facts: once each, in the caller's transaction, together with the mark that somebody has news."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from django.db import connection, transaction

from ligneclaire.facts.models import Priority
from ligneclaire.facts.news import announce
from ligneclaire.facts.sql import named
from ligneclaire.facts.stated import Answer, Statement
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.ref import uuid_of
from ligneclaire.kernel.request import request_id

SQL = named(Path(__file__).with_name("record.sql"))
CHANNEL = "ligneclaire_facts"
INSTANT = timedelta(microseconds=1)


@transaction.atomic
def record(
    statements: Sequence[Statement], *, by: Actor, at: datetime, priority: Priority = Priority.LIVE
) -> tuple[Answer, ...]:
    """Record statements at an instant and wake a worker; the answers stand in the order of the statements.

    The same (source, id) again changes nothing; with other content it is a conflict. An instant at which a
    customer was already decided is over: the fact is then recorded just after it.
    """
    new = _claim(statements)
    answers = _answers(statements, new)
    fresh = [statement for statement, answer in zip(statements, answers, strict=True) if answer is Answer.ACCEPTED]
    if fresh:
        _write(fresh, _mark(fresh, at, priority), by)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])
        announce(statement.key for statement in fresh)
    return answers


def hold(keys: Iterable[str]) -> None:
    """Keep workers away from these customers until the transaction ends; take it before any row of theirs."""
    with connection.cursor() as cursor:
        cursor.execute(SQL["hold"], {"keys": sorted(keys)})


def wake_all(*, at: datetime) -> None:
    """Have everybody who waits for time to pass looked at again now."""
    with connection.cursor() as cursor:
        cursor.execute(SQL["wake_all"], {"at": at})
        cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])


def _claim(statements: Sequence[Statement]) -> set[tuple[str, str]]:
    rows = {(s.source, s.source_id): s.digest for s in reversed(statements)}
    with connection.cursor() as cursor:
        cursor.execute(SQL["intake"], _columns(rows) | {"digest": list(rows.values())})
        return set(cursor.fetchall())


def _answers(statements: Sequence[Statement], new: set[tuple[str, str]]) -> tuple[Answer, ...]:
    first = {(s.source, s.source_id): s.digest for s in reversed(statements) if (s.source, s.source_id) in new}
    old = [(s.source, s.source_id) for s in statements if (s.source, s.source_id) not in new]
    known = first | _known(old)
    answers = []
    for statement in statements:
        name = (statement.source, statement.source_id)
        if name in new:
            new.remove(name)
            answers.append(Answer.ACCEPTED)
        else:
            answers.append(Answer.KNOWN if known[name] == statement.digest else Answer.CONFLICT)
    return tuple(answers)


def _known(names: list[tuple[str, str]]) -> dict[tuple[str, str], bytes]:
    if not names:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(SQL["known"], _columns(sorted(set(names))))
        return {(source, source_id): bytes(digest) for source, source_id, digest in cursor.fetchall()}


def _columns(names: Iterable[tuple[str, str]]) -> dict[str, list[object]]:
    names = list(names)
    return {"source": [source for source, _ in names], "source_id": [source_id for _, source_id in names]}


def _mark(fresh: Sequence[Statement], at: datetime, priority: Priority) -> dict[str, datetime]:
    customers = {statement.key: statement.customer for statement in fresh}
    with connection.cursor() as cursor:
        cursor.execute(
            SQL["mark"],
            {
                "key": list(customers),
                "customer": list(customers.values()),
                "due_at": [at] * len(customers),
                "priority": priority,
            },
        )
        return {key: max(at, handled + INSTANT) if handled else at for key, handled in cursor.fetchall()}


def _write(fresh: Sequence[Statement], recorded_at: dict[str, datetime], by: Actor) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            SQL["record"],
            {
                "uuid": [uuid_of("fact", s.source, s.source_id) for s in fresh],
                "source": [s.source for s in fresh],
                "source_id": [s.source_id for s in fresh],
                "kind": [s.kind for s in fresh],
                "customer": [s.customer for s in fresh],
                "subject": [s.subject for s in fresh],
                "effective": [s.effective for s in fresh],
                "at": [s.at for s in fresh],
                "recorded_at": [recorded_at[s.key] for s in fresh],
                "value": [json.dumps(s.value, ensure_ascii=True) for s in fresh],
                "by": str(by),
                "request": request_id(),
            },
        )
