"""`ligneclaire supervisor USERNAME`."""

from __future__ import annotations

import click

from ligneclaire.kernel import clock
from ligneclaire.ops.printing import refusals, whoever_runs_this
from ligneclaire.people.actions.set_supervision import set_supervision


@click.command
@click.argument("username")
@click.option("--end", is_flag=True, help="Make them an adviser like the others again.")
def command(*, username: str, end: bool) -> None:
    """Make the adviser who logs in as USERNAME a supervisor; it holds from their next page on."""
    with refusals():
        set_supervision(username=username, is_supervisor=not end, by=whoever_runs_this(), at=clock.now())
    click.echo(f"{username} is an adviser like the others." if end else f"{username} is a supervisor.")
