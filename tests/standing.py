"""What the test database holds: nothing, or the world of the stories, imported once and copied from then on."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from psycopg import sql

from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.ops import roles
from ligneclaire.simulation.world import Report, import_world

STORIES = Path(__file__).resolve().parents[1] / "stories"
STORY_WORLD = (STORIES / "operator.json").read_text(encoding="utf-8")
LONG_AGO = datetime(2015, 1, 1, tzinfo=UTC)
TABLES = """
    SELECT relname, array_agg(attname ORDER BY attnum) FROM pg_class
    JOIN pg_namespace ON pg_namespace.oid = relnamespace JOIN pg_attribute ON attrelid = pg_class.oid
    WHERE nspname IN ('public', 'jobs') AND relkind = 'r' AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
    GROUP BY nspname, relname ORDER BY nspname, relname
"""
POINTERS = "SELECT DISTINCT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint WHERE contype = 'f'"
Statement = sql.Composable


@dataclass(frozen=True, slots=True)
class Standing:
    """A database just made: its tables, those first that others point at, and what an import writes into it."""

    database: str
    tables: tuple[str, ...]
    filled: tuple[str, ...]  # by migrations, for good
    content: object
    written: tuple[str, ...]
    copy: Statement
    report: Report


_kept: list[Standing] = []


def keep() -> None:
    """Import the world into a database that holds nothing yet, as owner, and set aside what was written."""
    columns = _columns()
    tables = _pointed_at_first(columns)
    with transaction.atomic():
        filled = _not_empty(tables)
        content = _content(filled)
        report = import_world(json.loads(STORY_WORLD), by=SYSTEM, at=LONG_AGO)
        assert not connection.run_on_commit, "what an import does when it is committed would be done once only"
        assert _content(filled) == content, "an import changes what migrations wrote"
        written = tuple(name for name in _not_empty(tables) if name not in filled)
        _run("SET CONSTRAINTS ALL IMMEDIATE; CREATE SCHEMA standing")
        for name in written:
            _run("CREATE TABLE standing.{0} AS TABLE {0}", name)
        _run("TRUNCATE {} CASCADE", _listed(written))
        _run("GRANT USAGE ON SCHEMA standing TO {0}", settings.DATABASE_ROLE)
        _run("GRANT SELECT ON ALL TABLES IN SCHEMA standing TO {0}", settings.DATABASE_ROLE)
        assert _not_empty(tables) == filled
    copy = sql.SQL("; ").join(
        sql.SQL("INSERT INTO {0} ({1}) SELECT {1} FROM standing.{0}").format(
            sql.Identifier(name), _listed(columns[name])
        )
        for name in written
    )
    database = str(connection.settings_dict["NAME"])
    _kept[:] = [
        Standing(
            database=database, tables=tables, filled=filled, content=content, written=written, copy=copy, report=report
        )
    ]


def stand() -> Report | None:
    """Write again what was set aside, unless it is not here or something of it is written already."""
    if not _kept or connection.settings_dict["NAME"] != _kept[0].database:
        return None
    with transaction.atomic():
        if _not_empty(_kept[0].written):
            return None
        _run(_kept[0].copy)
    return _kept[0].report


def sweep() -> None:
    """Empty the tables after a test that commits, as Django's `flush` does, but only those that hold something."""
    if not _kept or not _swept(_kept[0]):
        call_command("flush", verbosity=0, interactive=False, reset_sequences=False)
        _kept[:] = [replace(one, content=_content(one.filled)) for one in _kept]


def held() -> tuple[str, ...]:
    """The tables that hold something which no migration wrote."""
    return tuple(name for name in _not_empty(_kept[0].tables) if name not in _kept[0].filled)


def _swept(kept: Standing) -> bool:
    with roles.as_owner(connection), transaction.atomic():
        _run("LOCK TABLE {}", _listed(kept.tables))  # whoever still writes has ended then
        if connection.settings_dict["NAME"] != kept.database or _content(kept.filled) != kept.content:
            return False
        full = [name for name in _not_empty(kept.tables) if name not in kept.filled]
        for name in reversed(full):
            _run("DELETE FROM {}", name)
        if any(name.startswith("procrastinate") for name in full):
            _run("TRUNCATE jobs.procrastinate_jobs, jobs.procrastinate_workers RESTART IDENTITY CASCADE")
    return True


def _columns() -> dict[str, list[str]]:
    return dict(_rows(TABLES))


def _pointed_at_first(names: Iterable[str]) -> tuple[str, ...]:
    order = TopologicalSorter[str](dict.fromkeys(names, ()))
    for one, other in _rows(POINTERS):
        if one != other:
            order.add(one, other)
    return tuple(order.static_order())


def _not_empty(names: Iterable[str]) -> tuple[str, ...]:
    names = tuple(names)
    asked = sql.SQL(", ").join(sql.SQL("EXISTS (TABLE {})").format(sql.Identifier(name)) for name in names)
    [answers] = _rows(sql.SQL("SELECT {}").format(asked))
    return tuple(name for name, answer in zip(names, answers, strict=True) if answer)


def _content(names: Iterable[str]) -> object:
    each = sql.SQL("(SELECT md5(string_agg(t::text, E'\\n' ORDER BY t::text)) FROM {} t)")
    return _rows(sql.SQL("SELECT {}").format(sql.SQL(", ").join(each.format(sql.Identifier(name)) for name in names)))


def _listed(names: Iterable[str]) -> Statement:
    return sql.SQL(", ").join(map(sql.Identifier, names))


def _rows(statement: str | Statement) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def _run(statement: str | Statement, *parts: str | Statement) -> None:
    if isinstance(statement, str):
        named = [sql.Identifier(part) if isinstance(part, str) else part for part in parts]
        statement = sql.SQL(statement).format(*named)
    with connection.cursor() as cursor:
        cursor.execute(statement)
