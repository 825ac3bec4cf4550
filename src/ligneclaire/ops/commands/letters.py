"""`ligneclaire letters [batch]`: the batches for the print house."""

from __future__ import annotations

from typing import Literal

import click
from django.conf import settings

from ligneclaire.channels.queries import batches
from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.counted import counted
from ligneclaire.ops.printing import instant, refusals, table, zone
from ligneclaire.voice.actions.batch_letters import batch_letters
from ligneclaire.voice.dispatch import dispatch_batch
from ligneclaire.voice.queries import print_terms

HEADING = ("BATCH", "STATE", "LETTERS", "PAGES", "SHEETS", "COST", "MADE")
LISTED = 30


@click.command
@click.argument("what", type=click.Choice(["batch"]), required=False)
def command(*, what: Literal["batch"] | None) -> None:
    """List the newest batches of letters, or make one now of all letters that wait.

    A batch is a folder in the outbox, with a PDF for each letter and index.csv. It is written whole or not at all.
    """
    with refusals():
        if what == "batch":
            _batch()
        else:
            _list()


def _batch() -> None:
    at = clock.now()
    number = batch_letters(until=at, terms=print_terms.current(), by=SYSTEM, at=at)
    if number is None:
        click.echo("No letter is handed over: none waits, or the voice is not live.")
        return
    dispatch_batch(batch=number, by=SYSTEM, at=clock.now())
    card = batches.by_number(number)
    assert card is not None
    folder = settings.OUTBOX / "batches" / number
    click.echo(f"{counted(card.letters, 'letter')}, {counted(card.sheets, 'sheet')}, {card.cost}: {folder}")


def _list() -> None:
    waiting, here = batches.waiting(print_terms.current()), zone()
    rows = [
        (
            one.number,
            one.state,
            str(one.letters),
            str(one.pages),
            str(one.sheets),
            str(one.cost),
            instant(one.made_at, here),
        )
        for one in batches.newest(limit=LISTED)
    ]
    click.echo("\n".join(table([HEADING, *rows])))
    click.echo(f"{counted(waiting.letters, 'letter waits', 'letters wait')} for the next batch.")
