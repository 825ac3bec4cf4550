"""`ligneclaire reset-factor USERNAME`."""

from __future__ import annotations

import click

from ligneclaire.kernel import clock
from ligneclaire.ops.printing import refusals, whoever_runs_this
from ligneclaire.people.actions.reset_second_factor import reset_second_factor


@click.command
@click.argument("username")
def command(*, username: str) -> None:
    """Forget the second factor of an account, and log it out everywhere.

    At the next log-in the password leads to setting up a new one: make sure first who asks.
    """
    with refusals():
        had_one = reset_second_factor(username=username, by=whoever_runs_this(), at=clock.now())
    click.echo(f"{username} sets up a new second factor at the next log-in{'' if had_one else ' (there was none)'}.")
