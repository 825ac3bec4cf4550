"""`ligneclaire import WORLD.json`."""

from __future__ import annotations

from pathlib import Path

import click

from ligneclaire.kernel import clock
from ligneclaire.kernel.rows import Tally
from ligneclaire.kernel.strict_json import NotJson, read_json
from ligneclaire.ops.printing import whoever_runs_this
from ligneclaire.simulation.world import Report, WorldRefused, import_world

SHOWN = 100


@click.command("import")
@click.argument("world", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(world: Path) -> None:
    """Import operator, advisers, offers, customers and contracts; again changes only what is different."""
    try:
        report = import_world(_read(world), by=whoever_runs_this(), at=clock.now())
    except WorldRefused as refused:
        shown = [f"  {problem}" for problem in refused.problems[:SHOWN]]
        more = len(refused.problems) - len(shown)
        shown += [f"  and {more} more"] if more else []
        raise click.ClickException("\n".join(["nothing was imported:", *shown])) from None
    for line in _lines(report):
        click.echo(line)


def _read(path: Path) -> object:
    try:
        return read_json(path.read_bytes())
    except NotJson as wrong:
        raise click.ClickException(f"{path}: {wrong}") from None


def _lines(report: Report) -> list[str]:
    width = max(len(what) for what in report.tallies)
    lines = [f"{what:<{width}}  {_said(tally)}" for what, tally in report.tallies.items()]
    lines += [f"not imported, kept for later: {path} ({count})" for path, count in report.kept_for_later.items()]
    return [*lines, "nothing changed"] if report.changed_nothing else lines


def _said(tally: Tally) -> str:
    counts = {"new": tally.new, "changed": tally.changed, "as before": tally.same, "removed": tally.removed}
    return ", ".join(f"{count} {word}" for word, count in counts.items() if count) or "none"
