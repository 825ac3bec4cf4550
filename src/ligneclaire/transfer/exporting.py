"""Everything, or everything of one customer, in open formats: a Frictionless data package of tables and files."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

from django.conf import settings
from django.db import connection, transaction
from psycopg import sql

from ligneclaire.channels import mailbox
from ligneclaire.channels.spool import settle
from ligneclaire.contracts import documents
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.queries import customers, numbers
from ligneclaire.space.queries import reads
from ligneclaire.transfer.catalogue import FILES, HIDDEN, KEPT_BACK, LEFT_OUT
from ligneclaire.transfer.tables import NULL, Table, tables

Format = Literal["csv", "jsonl"]
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
FORMS: Mapping[Format, dict[str, str]] = {
    "csv": {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8"},
    "jsonl": {"format": "jsonl", "mediatype": "application/jsonl", "encoding": "utf-8"},
}
AS_CSV = "COPY ({query}) TO STDOUT (FORMAT csv, HEADER, NULL {null})"
# JSON has no such signs, so that PostgreSQL quotes nothing.
AS_JSON = r"COPY ({query}) TO STDOUT (FORMAT csv, QUOTE E'\x01', DELIMITER E'\x02')"
ONE_OBJECT = "SELECT row_to_json(whole_row) FROM ({query}) AS whole_row"
FILE_FIELDS = (
    {"name": "path", "type": "string", "constraints": {"required": True, "unique": True}},
    {"name": "folder", "type": "string", "constraints": {"required": True}},
    {"name": "place", "type": "string", "constraints": {"required": True}},
    {"name": "bytes", "type": "integer", "description": "none: the file is no longer there"},
    {"name": "sha256", "type": "string"},
)
FILE_SCHEMA = {"fields": list(FILE_FIELDS), "missingValues": [NULL]}
FILE_NAMES = [str(field["name"]) for field in FILE_FIELDS]
READING_NAMES = ("at", "who", "what", "why")
READING_SCHEMA = {
    "fields": [{"name": name, "type": "datetime" if name == "at" else "string"} for name in READING_NAMES],
    "missingValues": [NULL],
}
BLOCK = 1 << 20


class AlreadyThere(Refused):
    """There is a file or folder of this name; an export overwrites nothing."""


class NoSuchCustomer(Refused):
    """There is no customer with this number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What an export has: whose it is, rows by table, files and those that were missing, and bytes."""

    numbers: tuple[str, ...]
    rows: Mapping[str, int]
    files: int
    missing: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """A file of an export."""

    path: str
    size: int
    sha256: str
    rows: int


def export(
    *,
    directory: Path,
    customer: str | None = None,
    for_them: bool = False,
    form: Format = "csv",
    told: Callable[[str], None] = lambda _: None,
    at: datetime,
) -> Exported:
    """Write a data package as it is at one instant, whole or not at all; `told` hears the name of each table.

    One customer is a person with all their numbers; what is for themself has nothing of others or of staff. A
    transaction that is open already is the instant. Raises also OSError, and nothing is left behind then.
    """
    if customer is not None and not customers.known([customer]):
        raise NoSuchCustomer(customer=customer)
    if directory.exists():
        raise AlreadyThere(directory=str(directory))
    part = directory.with_name(f".{directory.name}.part")
    shutil.rmtree(part, ignore_errors=True)  # of an attempt that was cut off
    try:
        part.mkdir(parents=True, mode=0o700)
        with _instant():
            done = _write(part, customer, form, told, at, for_them=for_them)
        settle(part)
        part.replace(directory)
        settle(directory.parent)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return done


@contextmanager
def _instant() -> Iterator[None]:
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def _write(
    part: Path, customer: str | None, form: Format, told: Callable[[str], None], at: datetime, *, for_them: bool
) -> Exported:
    theirs = list(numbers.of(customer)) if customer else None
    found = list(tables(of_one=customer is not None, for_them=for_them))
    written = {}
    (part / "tables").mkdir()
    for table in found:
        told(table.name)
        written[table.name] = _table(part, table, theirs, form)
    told("files")
    files, kept, missing = _files(part, [table for table in found if table.label in FILES], theirs)
    resources = [*_resources(found, written, form), _resource("files", files, "csv", FILE_SCHEMA)]
    if for_them:
        resources.append(_resource("readings", _readings(part, theirs or ()), "csv", READING_SCHEMA))
    _describe(part, resources, customer=customer, theirs=theirs, for_them=for_them, at=at)
    return Exported(
        numbers=tuple(theirs or ()),
        rows={name: file.rows for name, file in written.items()},
        files=kept,
        missing=missing,
        size=sum(path.stat().st_size for path in part.rglob("*") if path.is_file()),
    )


def _resources(found: Sequence[Table], written: Mapping[str, _File], form: Format) -> Iterator[dict[str, object]]:
    exported = {table.label: table.name for table in found}
    return (_resource(table.name, written[table.name], form, table.schema(exported)) for table in found)


def _describe(
    part: Path,
    resources: Sequence[Mapping[str, object]],
    *,
    customer: str | None,
    theirs: list[str] | None,
    for_them: bool,
    at: datetime,
) -> None:
    package = {
        "$schema": PROFILE,
        "name": "ligneclaire",
        "title": f"Everything about customer {customer}" if customer else "Everything",
        "created": at.isoformat(),
        "resources": resources,
        "ligneclaire": {
            "version": version("ligneclaire"),
            "customer": customer,
            "numbers": theirs,
            "left_out": _left_out() | (KEPT_BACK if for_them else {}),
        },
    }
    (part / "datapackage.json").write_text(json.dumps(package, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _readings(part: Path, theirs: Collection[str]) -> _File:
    """Who opened the record, as its customer reads it in their space."""
    path, count, page = part / "readings.csv", 0, 1
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(READING_NAMES)
        while page:
            listed = reads.of(theirs, page=page)
            rows.writerows([_instant_of(one.at), one.who, one.what, one.why] for one in listed.lines)
            count, page = count + len(listed.lines), listed.older or 0
    content = path.read_bytes()
    return _File(path=path.name, size=len(content), sha256=sha256(content).hexdigest(), rows=count)


def _instant_of(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _table(part: Path, table: Table, theirs: list[str] | None, form: Format) -> _File:
    path = f"tables/{table.name}.{form}"
    query = table.query(of_one=theirs is not None, as_text=form == "csv")
    if form == "csv":
        statement = sql.SQL(AS_CSV).format(query=query, null=sql.Literal(NULL))
    else:
        statement = sql.SQL(AS_JSON).format(query=sql.SQL(ONE_OBJECT).format(query=query))
    digest, size = sha256(), 0
    with connection.cursor() as cursor, (part / path).open("wb") as file:
        with cursor.copy(statement, {"customers": theirs} if theirs else None) as copy:
            for block in copy:
                digest.update(block)
                size += file.write(block)
        rows = cursor.rowcount
    return _File(path=path, size=size, sha256=digest.hexdigest(), rows=rows)


def _files(part: Path, found: list[Table], theirs: list[str] | None) -> tuple[_File, int, int]:
    """Copy the files that rows speak of, each once, and list them."""
    kept = missing = 0
    path = part / "files.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(FILE_NAMES)
        for folder, place in _places(found, theirs):
            name = f"files/{folder}/{place}"
            source = _folders()[folder] / place
            if not source.is_file():
                missing += 1
                rows.writerow([name, folder, place, NULL, NULL])
                continue
            kept += 1
            rows.writerow([name, folder, place, *_copied(source, part / name)])
    content = path.read_bytes()
    return (
        _File(path=path.name, size=len(content), sha256=sha256(content).hexdigest(), rows=kept + missing),
        kept,
        missing,
    )


def _places(found: list[Table], theirs: list[str] | None) -> Iterator[tuple[str, str]]:
    if not found:
        return
    parts = [
        sql.SQL("SELECT {}::text AS folder, t.{} AS place FROM {} AS t{}").format(
            sql.Literal(folder),
            sql.Identifier(column),
            sql.Identifier(table.name),
            table.condition(of_one=theirs is not None),
        )
        for table in found
        for column, folder in [FILES[table.label]]
    ]
    query = sql.SQL("SELECT folder, place FROM ({}) AS named WHERE place <> '' GROUP BY 1, 2 ORDER BY 1, 2")
    with connection.chunked_cursor() as cursor:
        statement: Any = query.format(sql.SQL(" UNION ALL ").join(parts))
        cursor.execute(statement, {"customers": theirs})
        while rows := cursor.fetchmany(1000):
            yield from rows


def _folders() -> dict[str, Path]:
    return {"mail": mailbox.folder(), "outbox": Path(settings.OUTBOX), "documents": documents.folder()}


def _copied(source: Path, target: Path) -> tuple[int, str]:
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, size = sha256(), 0
    with source.open("rb") as read, target.open("wb") as written:
        while block := read.read(BLOCK):
            digest.update(block)
            size += written.write(block)
    return size, digest.hexdigest()


def _resource(name: str, file: _File, form: Format, schema: Mapping[str, object]) -> dict[str, object]:
    return {
        "name": name,
        "type": "table",
        "path": file.path,
        **FORMS[form],
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "rows": file.rows,
        "schema": schema,
    }


def _left_out() -> dict[str, str]:
    """What the export does not have, and why."""
    columns = {f"{label}.{name}": why for label, hidden in HIDDEN.items() for name, why in hidden.items()}
    return LEFT_OUT | columns
