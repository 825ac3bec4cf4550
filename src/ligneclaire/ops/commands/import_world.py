"""`ligneclaire import WORLD.json`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.rows import Tally
from ligneclaire.simulation.world import Report, WorldRefused, import_world

SHOWN = 100


@click.command("import")
@click.argument("world", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(world: Path) -> None:
    """Import operator, advisers, offers, customers and contracts; again changes only what is different."""
    try:
        report = import_world(read_document(world), by=SYSTEM, at=clock.now())
    except WorldRefused as refused:
        shown = [f"  {problem}" for problem in refused.problems[:SHOWN]]
        more = len(refused.problems) - len(shown)
        shown += [f"  and {more} more"] if more else []
        raise click.ClickException("\n".join(["nothing was imported:", *shown])) from None
    for line in _lines(report):
        click.echo(line)


def read_document(path: Path) -> object:
    """Read a JSON file, strictly: UTF-8, no key twice in one object, no NaN."""
    try:
        return json.loads(path.read_bytes().decode(), object_pairs_hook=_once, parse_constant=_no_constant)
    except UnicodeDecodeError as wrong:
        reason = f"not UTF-8 at byte {wrong.start}"
    except json.JSONDecodeError as wrong:
        reason = f"not JSON at line {wrong.lineno}, column {wrong.colno}: {wrong.msg}"
    except RecursionError:
        reason = "nested too deeply"
    except ValueError as wrong:
        reason = str(wrong)
    raise click.ClickException(f"{path}: {reason}")


def _once(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {twice!r} stands twice in one object")
    return members


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON value")


def _lines(report: Report) -> list[str]:
    width = max(len(what) for what in report.tallies)
    lines = [f"{what:<{width}}  {_said(tally)}" for what, tally in report.tallies.items()]
    lines += [f"not imported, kept for later: {path} ({count})" for path, count in report.kept_for_later.items()]
    return [*lines, "nothing changed"] if report.changed_nothing else lines


def _said(tally: Tally) -> str:
    counts = {"new": tally.new, "changed": tally.changed, "as before": tally.same, "removed": tally.removed}
    return ", ".join(f"{count} {word}" for word, count in counts.items() if count) or "none"
