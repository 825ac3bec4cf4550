"""Put statements where SQL sees them as rows: a few as arrays, many by COPY into a table of the session."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.backends.utils import CursorWrapper

from ligneclaire.facts.stated import Statement

FEW = 200  # up to here the round trips of COPY cost more than they save
COLUMNS = {
    "place": "int",
    "source": "text",
    "source_id": "text",
    "digest": "bytea",
    "kind": "text",
    "key": "text",
    "customer": "text",
    "subject": "text",
    "value": "jsonb",
    "effective": "date",
    "at": "timestamptz",
}
NAMES = ", ".join(COLUMNS)
ARRAYS = f"unnest({', '.join(f'%({name})s::{kind}[]' for name, kind in COLUMNS.items())}) AS stated ({NAMES})"
TABLE = "facts_stated AS stated"
CREATE = f"""
    CREATE TEMPORARY TABLE IF NOT EXISTS facts_stated ({", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())})
    ON COMMIT DELETE ROWS;
    TRUNCATE facts_stated
"""


@dataclass(frozen=True, slots=True)
class Staged:
    """Statements as rows, each with its place; `{stated}` in a piece of SQL stands for them."""

    relation: str
    values: Mapping[str, object]

    def execute(self, cursor: CursorWrapper, statement: str, **values: object) -> None:
        """Run SQL that reads the staged rows."""
        parameters: dict[str, Any] = {**self.values, **values}
        cursor.execute(statement.format(stated=self.relation), parameters)


def stage(cursor: CursorWrapper, statements: Sequence[Statement]) -> Staged:
    """Stage statements for the rest of the transaction, or until others are."""
    rows = [_row(place, statement) for place, statement in enumerate(statements)]
    if len(rows) <= FEW:
        columns = zip(*rows, strict=True)
        return Staged(ARRAYS, {name: list(column) for name, column in zip(COLUMNS, columns, strict=True)})
    cursor.execute(CREATE)
    with cursor.copy(f"COPY facts_stated ({NAMES}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    return Staged(TABLE, {})


def _row(place: int, statement: Statement) -> tuple[object, ...]:
    return (
        place,
        statement.source,
        statement.source_id,
        statement.digest,
        statement.kind,
        statement.key,
        statement.customer,
        statement.subject,
        json.dumps(statement.value),
        statement.effective,
        statement.at,
    )
