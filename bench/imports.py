"""How fast customers and history come in from CSV files and all goes out again, next to COPY of the same rows."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, time_ns

from django.db import connection
from psycopg import sql

from bench.__main__ import AT, Figure
from ligneclaire.simulation.load import STREETS, TERRITORIES
from ligneclaire.transfer.exporting import export
from ligneclaire.transfer.importing import import_csv
from ligneclaire.transfer.mapping import Mapping

CUSTOMERS = Mapping.model_validate(
    {
        "source": "bench",
        "rows": "customers",
        "delimiter": ";",
        "date": "%d/%m/%Y",
        "fields": {
            "number": "ref",
            "name": "{title} {name}",
            "language": {"column": "lang", "table": {"F": "fr"}},
            "territory": "branch",
            "adviser": {"constant": "A-1"},
            "since": "since",
            "address": ["{title} {name}", "{street}", "{zip} {city}"],
            "mobile": "mobile",
            "email": "email",
        },
    }
)
HISTORY = Mapping.model_validate(
    {
        "source": "bench",
        "rows": "history",
        "ignore": ["state"],
        "fields": {
            "key": "id",
            "customer": "customer",
            "medium": {"column": "type", "table": {"email": "email", "phone": "call"}},
            "direction": {"column": "sender", "table": {"Customer": "in", "Agent": "out"}},
            "text": "{title}: {body}",
            "happened_at": "created_at",
        },
    }
)
BODY = "Bonjour, la box clignote depuis ce matin et le téléphone ne marche plus. Merci de me rappeler dès que possible."


def measure(*, customers: int, entries: int) -> list[Figure]:
    """Write two files, import each, then a tenth of it again, and export everything."""
    with TemporaryDirectory() as place:
        people, history = Path(place) / "customers.csv", Path(place) / "history.csv"
        anew = HISTORY.model_copy(update={"source": f"bench-{time_ns()}"})  # an earlier run's entries are others
        _write(people, CUSTOMERS.delimiter, _customers(customers))
        _write(history, HISTORY.delimiter, _history(customers, entries))
        figures = [
            *_figures("customers", people, CUSTOMERS, customers, ["people_customer", "people_contactpoint"]),
            *_figures(
                "entries",
                history,
                anew,
                entries,
                ["channels_entry", "channels_noanswerneeded", "transfer_origin"],
            ),
        ]
        return [*figures, _exported(Path(place) / "all")]


def _figures(what: str, path: Path, mapping: Mapping, count: int, tables: Sequence[str]) -> list[Figure]:
    before = _rows(tables)
    seconds = _seconds(path, mapping)
    first, came = count / seconds, _rows(tables) - before
    part = _part(path, count // 10)
    again = count // 10 / _seconds(part, mapping)
    check = count // 10 / _seconds(part, mapping, is_check=True)
    return [
        Figure(
            what=f"{count:,} {what} imported from CSV, checked",
            value=first,
            unit="rows/s",
            baseline="COPY of the same rows without indexes",
            ratio=came / seconds / _copied(tables),
        ),
        Figure(what="  a tenth of them again", value=again, unit="rows/s", baseline="first time", ratio=again / first),
        Figure(
            what="  the tenth looked at only (--check)",
            value=check,
            unit="rows/s",
            baseline="first time",
            ratio=check / first,
        ),
    ]


def _part(path: Path, count: int) -> Path:
    """A file with the first lines of another."""
    part = path.with_name(f"part-{path.name}")
    with path.open("rb") as file, part.open("wb") as written:
        written.writelines(islice(file, count + 1))
    return part


def _seconds(path: Path, mapping: Mapping, *, is_check: bool = False) -> float:
    began = perf_counter()
    done = import_csv(path=path, mapping=mapping, wrong=path.with_suffix(".wrong"), is_check=is_check, at=AT).done
    assert done.wrong == 0, path.with_suffix(".wrong").read_text()[:1000]
    return perf_counter() - began


def _rows(tables: Sequence[str]) -> int:
    count = 0
    with connection.cursor() as cursor:
        for name in tables:
            cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name)))
            count += int(cursor.fetchone()[0])
    return count


def _copied(tables: Sequence[str]) -> float:
    """How many rows of these tables PostgreSQL reads into tables without indexes, a second."""
    seconds = 0.0
    with connection.cursor() as cursor, TemporaryDirectory() as place:
        for name in tables:
            table, bare = sql.Identifier(name), sql.Identifier(f"bench_{name}")
            cursor.execute(sql.SQL("CREATE TEMP TABLE {} AS TABLE {} WITH NO DATA").format(bare, table))
            path = Path(place) / name
            with path.open("wb") as file, cursor.copy(sql.SQL("COPY {} TO STDOUT").format(table)) as copy:
                for block in copy:
                    file.write(block)
            began = perf_counter()
            with path.open("rb") as file, cursor.copy(sql.SQL("COPY {} FROM STDIN").format(bare)) as copy:
                while block := file.read(1 << 20):
                    copy.write(block)
            seconds += perf_counter() - began
            cursor.execute(sql.SQL("DROP TABLE {}").format(bare))
    return _rows(tables) / seconds


def _exported(directory: Path) -> Figure:
    began = perf_counter()
    done = export(directory=directory, at=datetime.now(UTC))
    seconds = perf_counter() - began
    rows = sum(done.rows.values())
    return Figure(
        what=f"everything exported as CSV ({rows:,} rows, {done.size / 1e6:,.0f} MB)",
        value=rows / seconds,
        unit="rows/s",
    )


def _write(path: Path, delimiter: str, rows: Iterator[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)


def _customers(count: int) -> Iterator[Sequence[object]]:
    yield "ref", "title", "name", "lang", "branch", "since", "street", "zip", "city", "mobile", "email"
    for number in range(count):
        street = f"{number % 200 + 1} {STREETS[number % len(STREETS)]}"
        branch, mobile = (
            TERRITORIES[number % len(TERRITORIES)],
            f"06 39 98 {number // 100 % 100:02d} {number % 100:02d}",
        )
        name, email = f"Exemple {number}", f"importe{number}@example.org"
        yield f"I-{number}", "Mme", name, "F", branch, "04/01/2010", street, "75011", "PARIS", mobile, email


def _history(customers: int, count: int) -> Iterator[Sequence[object]]:
    yield "id", "customer", "type", "sender", "title", "body", "created_at", "state"
    for number in range(count):
        at = (AT - timedelta(minutes=number)).isoformat()
        kind, sender = "email" if number % 2 else "phone", "Customer" if number % 3 else "Agent"
        yield number, f"I-{number % customers}", kind, sender, f"Ticket {number // 4}", BODY, at, "closed"
