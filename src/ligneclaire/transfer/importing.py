"""Import a CSV file: a stretch of lines at a time, each whole with the note how far it is, or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from hashlib import file_digest, sha256
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import DataError, IntegrityError, connection, transaction
from pydantic import ValidationError

from ligneclaire.kernel.actor import Actor, ActorKind
from ligneclaire.kernel.rows import Tally
from ligneclaire.offers.queries import offers
from ligneclaire.people.queries import advisers, operator, territories
from ligneclaire.people.states import ContactKind
from ligneclaire.simulation.world_values import Names
from ligneclaire.transfer.actions.begin_run import begin_run
from ligneclaire.transfer.actions.note_progress import Progress, note_progress
from ligneclaire.transfer.feeds import Problem, Reader, reader
from ligneclaire.transfer.lines import Line, Table, WrongLines, table
from ligneclaire.transfer.mapping import Mapping as MappingFile
from ligneclaire.transfer.models import Run
from ligneclaire.transfer.rows import Contracts, Customers, Entries, Faults, Rows, faults_of

AT_ONCE = 5_000
Wrong = dict[int, list[Problem]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far an import is, in lines and bytes; `from_line` is how many lines an earlier run had done."""

    done: Progress
    read: int
    size: int
    from_line: int
    is_over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Import:
    """What stays the same for all lines of an import; `run` is None for one that only checks."""

    reader: Reader
    rows: Rows[Any]
    width: int
    encoding: str
    run: Run | None
    by: Actor
    at: datetime


def import_csv(
    *,
    path: Path,
    mapping: MappingFile,
    wrong: Path,
    is_check: bool = False,
    told: Callable[[Standing], None] = lambda _: None,
    at: datetime,
) -> Standing:
    """Import a file as its mapping says, or find out what would come of it; lines that are wrong go to a file.

    Raises `ColumnsDiffer`, `NotCsv`, `NoOperator` and `RunElsewhere`; what was written until then stands.
    """
    by = Actor(ActorKind.SYSTEM, f"import/{mapping.source}")
    here = operator.current()
    with path.open("rb") as file:
        lines = table(file, encoding=mapping.encoding, delimiter=mapping.delimiter)
        read = reader(mapping, lines.columns, zone=here.zone)
        names = Names(region=here.country, currency=here.currency, known=_known(here))
        run = None if is_check else _begin(path, mapping, by, at)
        work = _Import(
            reader=read,
            rows=_rows(mapping, names),
            width=len(lines.columns),
            encoding=mapping.encoding,
            run=run,
            by=by,
            at=at,
        )
        kept = run.wrong_bytes if run else None
        form = {"encoding": mapping.encoding, "delimiter": mapping.delimiter}
        with WrongLines(wrong, lines.columns, kept=kept, **form) as wrongs:
            return _all(work, lines, wrongs, told)


def _begin(path: Path, mapping: MappingFile, by: Actor, at: datetime) -> Run:
    with path.open("rb") as file:
        content = file_digest(file, "sha256").hexdigest()
    digest = sha256(json.dumps([content, mapping.model_dump()], sort_keys=True).encode()).hexdigest()
    return begin_run(digest=digest, source=mapping.source, rows=mapping.rows, file=path.name, by=by, at=at)


def _known(here: operator.OperatorCard) -> dict[str, frozenset[str]]:
    return {
        "language": frozenset(here.languages),
        "territory": territories.codes(),
        "adviser": frozenset(card.number for card in advisers.listed()),
        "offer": offers.codes(),
    }


def _rows(mapping: MappingFile, names: Names) -> Rows[Any]:
    match mapping.rows:
        case "customers":
            fed = {kind for kind in ContactKind if kind.value.lower() in mapping.fields}
            return Customers(names=names, kinds=frozenset(fed))
        case "contracts":
            return Contracts(names=names, with_equipment="equipment_serial" in mapping.fields)
        case "history":
            return Entries(names=names, source=mapping.source)


def _all(work: _Import, lines: Table, wrongs: WrongLines, told: Callable[[Standing], None]) -> Standing:
    done = _so_far(work.run)
    begun = done.lines
    _pass_over(work, lines.lines, begun)
    is_over = False
    while not is_over:
        chunk = list(islice(lines.lines, AT_ONCE))
        is_over = len(chunk) < AT_ONCE
        done = _take(work, chunk, done, wrongs, is_over=is_over)
        standing = Standing(done=done, read=lines.read, size=lines.size, from_line=begun, is_over=is_over)
        told(standing)
    return standing


def _so_far(run: Run | None) -> Progress:
    if run is None:
        return Progress()
    tallies = {what: Tally(**counts) for what, counts in run.tallies.items()}
    counts = {"lines": run.lines, "wrong": run.wrong, "skipped": run.skipped, "wrong_bytes": run.wrong_bytes}
    return Progress(**counts, tallies=tallies)


def _pass_over(work: _Import, lines: Iterator[Line], count: int) -> None:
    """What an earlier run did is read again, as later lines must not have the same names."""
    for line in islice(lines, count):
        _item(work, line)


def _take(work: _Import, chunk: Sequence[Line], done: Progress, wrongs: WrongLines, *, is_over: bool) -> Progress:
    items: dict[int, Any] = {}
    wrong: Wrong = {}
    for line in chunk:
        item, problems = _item(work, line)
        if problems:
            wrong[line.number] = problems
        elif item is not None:
            items[line.number] = item
    skipped = len(chunk) - len(items) - len(wrong)
    with transaction.atomic():
        items, faults = work.rows.checked(items, at=work.at)
        tallies, more = _written(work, items)
        for number, (field, reason) in (faults | more).items():
            wrong[number] = [Problem(column=work.reader.columns.get(field, field), reason=reason)]
        length = wrongs.write([(line, wrong[line.number]) for line in chunk if line.number in wrong])
        after = Progress(
            lines=done.lines + len(chunk),
            wrong=done.wrong + len(wrong),
            skipped=done.skipped + skipped,
            wrong_bytes=length,
            tallies=_sum(done.tallies, tallies),
        )
        if work.run is None:
            transaction.set_rollback(True)
        else:
            note_progress(run=work.run, since=done.lines, done=after, is_over=is_over, by=work.by, at=work.at)
    return after


def _item(work: _Import, line: Line) -> tuple[Any, list[Problem]]:
    """What a line says, None if it is left out or wrong; and what is wrong."""
    if not line.is_readable:
        return None, [Problem(column="", reason=f"has bytes that are not {work.encoding}")]
    if len(line.cells) != work.width:
        return None, [Problem(column="", reason=f"has {len(line.cells)} cells, the header {work.width}")]
    if work.reader.leaves_out(line.cells):
        return None, []
    values, problems = work.reader.read(line.cells)
    known = {problem.column for problem in problems}
    try:
        item = work.rows.item(values)
    except ValidationError as invalid:
        found = [(work.reader.columns.get(field, field), reason) for field, reason in faults_of(invalid)]
        problems += [Problem(column=column, reason=reason) for column, reason in found if column not in known]
        return None, problems
    return item, problems


def _written(work: _Import, items: Mapping[int, Any]) -> tuple[Mapping[str, Tally], Faults]:
    """Write rows; of those that the database refuses, all but the one that it refuses."""
    if not items:
        return {}, {}
    try:
        with transaction.atomic():
            written = work.rows.write(items, by=work.by, at=work.at)
            connection.check_constraints()  # here, and not when the stretch is committed
            return written
    except (IntegrityError, DataError) as refused:
        if len(items) == 1:
            return {}, dict.fromkeys(items, ("", str(refused).splitlines()[0]))
    half = len(items) // 2
    lower, upper = dict(islice(items.items(), half)), dict(islice(items.items(), half, None))
    (first, faults), (second, more) = _written(work, lower), _written(work, upper)
    return _sum(first, second), faults | more


def _sum(one: Mapping[str, Tally], other: Mapping[str, Tally]) -> dict[str, Tally]:
    return reduce(lambda sums, pair: sums | {pair[0]: sums.get(pair[0], Tally()) + pair[1]}, other.items(), dict(one))
