"""Rows that say who changed them last, brought in line with an outside list many at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, models
from psycopg import sql

from ligneclaire.kernel.actor import Actor

Value = str | bool | datetime
BATCH = 5_000
STATEMENT = sql.SQL("""
    WITH written AS (
        INSERT INTO {table} AS kept ({columns}, {stamps})
        SELECT {columns}, {stamp_values} FROM json_populate_recordset(NULL::{table}, %s::json)
        ON CONFLICT ({key}) DO UPDATE SET {assignments}
        WHERE ({kept}) IS DISTINCT FROM ({given})
        RETURNING xmax = 0 AS is_new
    )
    SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM written
""")

PRUNE = sql.SQL("""
    DELETE FROM {table} AS kept
    WHERE {parent} = ANY(%s) AND NOT EXISTS (SELECT FROM unnest({arrays}) AS given ({key}) WHERE {same})
""")


class Stamped(models.Model):
    """A row that says who last changed it, and when."""

    changed_by = models.CharField(max_length=80)
    changed_at = models.DateTimeField()

    class Meta:
        abstract = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many rows came, changed, stayed as they were, and went."""

    new: int = 0
    changed: int = 0
    same: int = 0
    removed: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            new=self.new + other.new,
            changed=self.changed + other.changed,
            same=self.same + other.same,
            removed=self.removed + other.removed,
        )


def append(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Add rows to a table by COPY, in the transaction that is open; JSON values as text."""
    statement = sql.SQL("COPY {table} ({columns}) FROM STDIN").format(
        table=sql.Identifier(model._meta.db_table),  # noqa: SLF001 - Django's own name
        columns=_names(columns),
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def upsert(
    model: type[Stamped],
    rows: Sequence[Mapping[str, object]],
    *,
    key: Sequence[str],
    reset: Mapping[str, Value] | None = None,
    first: Sequence[str] = (),
    by: Actor,
    at: datetime,
) -> Tally:
    """Insert rows or bring them up to date, by a unique key; all rows name the same columns, in JSON values.

    A row that already says the same is not written; one that is new or changes also gets the values of `reset`.
    Columns of `first` are written with a new row only.
    """
    stamp: dict[str, Value] = {"changed_by": str(by), "changed_at": at, **(reset or {})}
    tally = Tally()
    for start in range(0, len(rows), BATCH):
        table = model._meta.db_table  # noqa: SLF001 - Django's own name
        tally += _write(table, rows[start : start + BATCH], key, first, stamp)
    return tally


def prune(
    model: type[models.Model],
    rows: Sequence[Mapping[str, object]],
    *,
    key: Sequence[str],
    parent: str,
    parents: Sequence[str],
) -> Tally:
    """Remove what these parents have beyond the rows; key and parent are columns of text."""
    statement = PRUNE.format(
        table=sql.Identifier(model._meta.db_table),  # noqa: SLF001 - Django's own name
        parent=sql.Identifier(parent),
        arrays=sql.SQL(", ").join([sql.SQL("%s::text[]")] * len(key)),
        key=_names(key),
        same=sql.SQL(" AND ").join(sql.SQL("kept.{0} = given.{0}").format(sql.Identifier(column)) for column in key),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(parents), *([row[column] for row in rows] for column in key)])
        return Tally(removed=cursor.rowcount)


def _write(
    table: str,
    rows: Sequence[Mapping[str, object]],
    key: Sequence[str],
    first: Sequence[str],
    stamp: Mapping[str, Value],
) -> Tally:
    statement = _statement(table, list(rows[0]), key, first, list(stamp))
    with connection.cursor() as cursor:
        cursor.execute(statement, [*stamp.values(), json.dumps(rows)])
        [(new, changed)] = cursor.fetchall()
    return Tally(new=new, changed=changed, same=len(rows) - new - changed)


def _statement(
    table: str, columns: Sequence[str], key: Sequence[str], first: Sequence[str], stamps: Sequence[str]
) -> sql.Composed:
    values = [column for column in columns if column not in {*key, *first}]
    return STATEMENT.format(
        table=sql.Identifier(table),
        columns=_names(columns),
        stamps=_names(stamps),
        stamp_values=sql.SQL(", ").join([sql.SQL("%s")] * len(stamps)),
        key=_names(key),
        assignments=sql.SQL(", ").join(_set(column) for column in [*values, *stamps]),
        kept=_names(values, of="kept"),
        given=_names(values, of="excluded"),
    )


def _names(columns: Sequence[str], *, of: str | None = None) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(of, column) if of else sql.Identifier(column) for column in columns)


def _set(column: str) -> sql.Composed:
    return sql.SQL("{0} = excluded.{0}").format(sql.Identifier(column))
