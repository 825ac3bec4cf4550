"""`ligneclaire replay EVENTS.jsonl --world WORLD.json`."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from django.conf import settings

from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.strict_json import NotJson, read_json
from ligneclaire.ops.printing import OneLine
from ligneclaire.ops.scratch import MayNotCreateDatabases, scratch_database
from ligneclaire.simulation.replay import Deliver, Replay, replay
from ligneclaire.simulation.report import report
from ligneclaire.simulation.told import in_words
from ligneclaire.simulation.world import WorldRefused, import_world
from ligneclaire.voice.queries import rules
from ligneclaire.voice.topics import TOPICS
from ligneclaire.voice.values import Takes, problem, typed

BEGINNING = datetime(1990, 1, 1, tzinfo=UTC)
SOME_REFUSED = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is asked of one run."""

    world: object
    settlements: Mapping[str, object]
    until: date | None


@click.command
@click.argument("events", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--world", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--settle", "settle", multiple=True, metavar="KEY=VALUE", help="Settle contradictions of this topic so.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Last day to run; by default all that is due.")
@click.option("--language", type=click.Choice(["fr", "en"]), help="Write to everybody in this language.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder for the letters.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
@click.pass_obj
def command(  # one parameter for each option
    deliver: Deliver,
    *,
    events: Path,
    world: Path,
    settle: tuple[str, ...],
    until: datetime | None,
    language: str | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Run events in their own time in a database of their own; nothing reaches anybody.

    Exit 0 when every line was taken in, 1 when some were refused, 2 when the command was called wrongly.
    """
    order = Order(
        world=_speaking(_read(world), language),
        settlements=_settlements(settle),
        until=until.date() if until else None,
    )
    line = OneLine(sys.stderr)
    line.say("Preparing a database of its own ...")
    with _scratch(), _outbox(out or settings.VAR / "replay" / events.stem):
        run = _run(order, events, deliver, line)
        line.clear()
        found = report(run)
        click.echo(json.dumps(found, ensure_ascii=False, indent=1) if as_json else in_words(found))
    if run.refused:
        raise click.exceptions.Exit(SOME_REFUSED)


def _read(path: Path) -> object:
    try:
        return read_json(path.read_bytes())
    except NotJson as wrong:
        raise click.UsageError(f"{path}: {wrong}") from None


def _run(order: Order, events: Path, deliver: Deliver, line: OneLine) -> Replay:
    try:
        import_world(order.world, by=SYSTEM, at=BEGINNING)
    except WorldRefused as refused:
        raise click.UsageError("\n".join(["the world was refused:", *map(str, refused.problems)])) from None
    end = None
    if order.until:
        midnight = rules.current().calendar.at(order.until + timedelta(days=1), time(0, 0))
        end = midnight - timedelta(microseconds=1)
    with events.open("rb") as lines:
        return replay(
            lines,
            deliver=deliver,
            settlements=order.settlements,
            until=end,
            progress=lambda at: line.say(f"It is {at:%Y-%m-%d} in the story ..."),
        )


def _speaking(world: object, language: str | None) -> object:
    if language and isinstance(world, dict) and isinstance(customers := world.get("customers"), list):
        spoken = [one | {"language": language} if isinstance(one, dict) else one for one in customers]
        return world | {"customers": spoken}
    return world


def _settlements(given: tuple[str, ...]) -> dict[str, object]:
    found: dict[str, object] = {}
    for one in given:
        key, equals, text = one.partition("=")
        if not equals or key not in TOPICS or TOPICS[key].takes is Takes.EVENT:
            raise click.BadParameter(
                f"{one!r}: expected KEY=VALUE with a key of `ligneclaire topics`", param_hint="--settle"
            )
        found[key] = typed(text, TOPICS[key].takes)
        if wrong := problem(found[key], TOPICS[key].takes):
            raise click.BadParameter(f"{key}: {wrong}", param_hint="--settle")
    return found


@contextmanager
def _scratch() -> Iterator[None]:
    try:
        with scratch_database():
            yield
    except MayNotCreateDatabases as refused:
        raise click.UsageError(
            f"the database user {refused} may not create databases, and a replay needs one of its own: "
            "give it CREATEDB, or run without DATABASE_URL."
        ) from None


@contextmanager
def _outbox(out: Path) -> Iterator[None]:
    """Write letters aside and put them in their place at the end, over those of an earlier run."""
    usual = settings.OUTBOX, settings.SMTP
    with TemporaryDirectory() as aside:
        settings.OUTBOX, settings.SMTP = Path(aside), None  # whatever is replayed, nobody is written to
        try:
            yield
        finally:
            settings.OUTBOX, settings.SMTP = usual
        shutil.copytree(aside, out, dirs_exist_ok=True)
