"""`ligneclaire training USERNAME`."""

from __future__ import annotations

import click

from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.ops.printing import refusals
from ligneclaire.people.actions.set_training import set_training


@click.command
@click.argument("username")
@click.option("--end", is_flag=True, help="Let what they write leave by itself again.")
def command(*, username: str, end: bool) -> None:
    """Have what the adviser writes who logs in as USERNAME wait for a colleague; it holds from their next page on."""
    with refusals():
        set_training(username=username, is_in_training=not end, by=SYSTEM, at=clock.now())
    click.echo(f"{username} is an adviser like the others." if end else f"{username} is in training.")
