"""`ligneclaire ingest EVENTS.jsonl`."""

from __future__ import annotations

import json
from pathlib import Path
from time import monotonic

import click

from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.counted import counted
from ligneclaire.voice.actions.ingest_file import Ingested, RefusedLine, ingest_file

SOME_REFUSED = 1
SILENCE = 5.0  # seconds between two lines of progress


@click.command
@click.argument("events", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
def command(*, events: Path, as_json: bool) -> None:
    """Take in what departments state, one JSON object a line, as `POST /api/facts` takes them.

    What was taken in before is known and changes nothing, so that an interrupted run is simply run again.

    Exit 0 when every line was taken in, 1 when some were refused, 2 when the command was called wrongly.
    """
    refused: list[RefusedLine] = []
    progress = _Progress()

    def told(done: Ingested) -> None:
        if as_json:
            refused.extend(done.latest)
        for one in [] if as_json else done.latest:
            click.echo(f"refused  line {one.line}: {one.problem}")
        progress.say(done)

    done = ingest_file(path=events, told=told, by=SYSTEM, at=clock.now())
    click.echo(_as_json(done, refused) if as_json else _in_words(done))
    if done.refused:
        raise click.exceptions.Exit(SOME_REFUSED)


class _Progress:
    """Says on standard error how far a long file is, now and then."""

    def __init__(self) -> None:
        self._said_at = monotonic()

    def say(self, done: Ingested) -> None:
        if monotonic() - self._said_at > SILENCE:
            click.echo(f"{done.lines:,} lines read", err=True)
            self._said_at = monotonic()


def _in_words(done: Ingested) -> str:
    return (
        f"{counted(done.lines, 'line')}: {done.accepted} accepted, {done.known} already known, {done.refused} refused"
    )


def _as_json(done: Ingested, refused: list[RefusedLine]) -> str:
    lines = [{"line": one.line, "field": one.problem.field, "reason": one.problem.reason} for one in refused]
    counts = {"lines": done.lines, "accepted": done.accepted, "already_known": done.known}
    return json.dumps({**counts, "refused": lines}, ensure_ascii=False)
