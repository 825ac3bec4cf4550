"""`ligneclaire import WORLD.json` and `ligneclaire import ROWS.csv --mapping MAPPING.toml`."""

from __future__ import annotations

from pathlib import Path

import click

from ligneclaire.kernel import clock
from ligneclaire.kernel.rows import Tally
from ligneclaire.kernel.strict_json import NotJson, read_json
from ligneclaire.ops.import_rows import import_rows
from ligneclaire.ops.printing import whoever_runs_this
from ligneclaire.simulation.world import Report, WorldRefused, import_world

SHOWN = 100
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("import")
@click.argument("file", type=FILE)
@click.option("--mapping", type=FILE, help="How the columns of a CSV file are to be read (TOML).")
@click.option("--check", is_flag=True, help="With a mapping: look at every line and write nothing.")
@click.option(
    "--wrong",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where lines of a CSV file go that are wrong; beside the file unless given.",
)
@click.option("--json", "as_json", is_flag=True, help="With a mapping: print one JSON object and nothing else.")
def command(*, file: Path, mapping: Path | None, check: bool, wrong: Path | None, as_json: bool) -> None:
    """Import operator, advisers, offers, customers and contracts; again changes only what is different.

    With a mapping: customers, contracts or history from a CSV file. Lines that are wrong go to a file, to be mended and
    imported like any other. Cut off, it goes on where it was when it is started again.

    Exit 0 when everything was taken, 1 when lines were wrong or the file was, 2 when the command was called wrongly.
    """
    if mapping:
        import_rows(file=file, mapping=mapping, is_check=check, wrong=wrong, as_json=as_json)
        return
    if check or wrong or as_json:
        raise click.UsageError("--check, --wrong and --json go with --mapping")
    try:
        report = import_world(_read(file), by=whoever_runs_this(), at=clock.now())
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
