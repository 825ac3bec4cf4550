"""`ligneclaire export DIRECTORY`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from ligneclaire.kernel import clock
from ligneclaire.transfer.exporting import AlreadyThere, Exported, Format, NoSuchCustomer, export

WIDTH = 79


@click.command
@click.argument("directory", type=click.Path(path_type=Path))
@click.option("--customer", help="Only what is about the customer with this number.")
@click.option("--format", "form", type=click.Choice(["csv", "jsonl"]), default="csv", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
def command(*, directory: Path, customer: str | None, form: Format, as_json: bool) -> None:
    """Write everything down in open formats, as it is at one instant: a Frictionless data package.

    Tables as CSV or JSON lines, described in datapackage.json; e-mails, letters and other files as they are. No
    passwords, keys, codes or sessions. DIRECTORY must not be there yet; it appears when everything is written.

    Exit 0 when it is, 1 when it cannot be written, 2 when the command was called wrongly.
    """
    try:
        done = export(directory=directory, customer=customer, form=form, told=_say, at=clock.now())
    except AlreadyThere:
        raise click.ClickException(f"{directory} is there already; an export overwrites nothing") from None
    except NoSuchCustomer:
        raise click.ClickException(f"there is no customer {customer}") from None
    except OSError as wrong:
        message = f"{wrong.filename or directory} cannot be written: {wrong.strerror}; nothing is left behind"
        raise click.ClickException(message) from None
    finally:
        _say("")
    click.echo(json.dumps(asdict(done)) if as_json else _in_words(done, directory))


def _say(what: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{what:<{WIDTH}}" + ("" if what else "\r"))
        sys.stderr.flush()


def _in_words(done: Exported, directory: Path) -> str:
    rows = sum(done.rows.values())
    missing = f", {done.missing} more are no longer there" if done.missing else ""
    head = f"{directory}: {rows:,} rows of {len(done.rows)} tables, {done.files:,} files"
    return f"{head}, {done.size:,} bytes{missing}"
