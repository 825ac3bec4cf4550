"""Import a file of the network a part at a time, leaving out lines that are wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.rows import Tally
from ligneclaire.network.actions.import_network import Contested, import_network
from ligneclaire.network.queries.known import known
from ligneclaire.network.values import HoldingEntry, LineEntry, ResourceEntry, SiteEntry
from ligneclaire.ops import network_files
from ligneclaire.ops.network_files import Entry, Wrong, parts
from ligneclaire.people.queries import operator

AT_ONCE = 20_000
REFERS = {
    "sites": {"territory": "territory", "parent": "site"},
    "resources": {"site": "site"},
    "lines": {"customer": "customer", "site": "site"},
    "holdings": {"resource": "resource", "line": "line"},
}
Placed = list[tuple[int, Entry]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What a file changed, and which of its lines were left out."""

    tally: Tally
    wrong: tuple[Wrong, ...]


def import_file(path: Path, kind: str, *, by: Actor, at: datetime) -> Imported:
    """Import a file of our own."""
    return import_rows(network_files.read(path, kind, region=operator.current().country), kind, by=by, at=at)


def import_rows(rows: Iterable[tuple[int, Entry | Wrong]], kind: str, *, by: Actor, at: datetime) -> Imported:
    """Import rows of a kind; each part is whole or not at all, so that an interrupted import is run again."""
    tally, wrong, seen = Tally(), list[Wrong](), set[str]()
    for part in parts(rows, AT_ONCE):
        wrong += [row for _, row in part if isinstance(row, Wrong)]
        good, bad = _once([(line, row) for line, row in part if not isinstance(row, Wrong)], seen)
        wrong += bad
        good, bad = _known(good, kind)
        wrong += bad
        fit = [row for _, row in good]
        done = import_network(
            sites=[row for row in fit if isinstance(row, SiteEntry)],
            resources=[row for row in fit if isinstance(row, ResourceEntry)],
            lines=[row for row in fit if isinstance(row, LineEntry)],
            holdings=[row for row in fit if isinstance(row, HoldingEntry)],
            by=by,
            at=at,
        )
        tally += done.tallies[kind]
        wrong += _contested(done.contested, good)
    return Imported(tally=tally, wrong=tuple(sorted(wrong, key=lambda one: one.line)))


def _name(row: Entry) -> str:
    return row.resource if isinstance(row, HoldingEntry) else row.code


def _once(rows: Placed, seen: set[str]) -> tuple[Placed, list[Wrong]]:
    good, bad = Placed(), list[Wrong]()
    for line, row in rows:
        if _name(row) in seen:
            bad.append(Wrong(line, f"{_name(row)} stands in this file already"))
        else:
            good.append((line, row))
        seen.add(_name(row))
    return good, bad


def _known(rows: Placed, kind: str) -> tuple[Placed, list[Wrong]]:
    good, bad = rows, list[Wrong]()
    for field, what in REFERS[kind].items():
        named = {line: name for line, row in good if (name := getattr(row, field)) is not None}
        here = {_name(row) for _, row in good} if field == "parent" else set()
        unknown = set(named.values()) - here
        unknown -= known(what, unknown)
        bad += [Wrong(line, f"{field}: there is no {what} {name}") for line, name in named.items() if name in unknown]
        good = [(line, row) for line, row in good if named.get(line) not in unknown]
    return good, bad


def _contested(rows: Sequence[Contested], listed: Placed) -> Iterator[Wrong]:
    lines = {_name(row): line for line, row in listed}
    for one in rows:
        holder = f"line {one.held_by}" if one.held_by else "somebody unknown"
        yield Wrong(
            lines[one.resource], f"{one.resource} is not given to {one.line or 'somebody'}: {holder} has {one.holds}"
        )
