"""`ligneclaire technician USERNAME`."""

from __future__ import annotations

import click

from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.ops.printing import refusals
from ligneclaire.people.actions.set_field_work import set_field_work


@click.command
@click.argument("username")
@click.option("--end", is_flag=True, help="Let them serve customers at the desk like other advisers.")
def command(*, username: str, end: bool) -> None:
    """Show whoever logs in as USERNAME their own visits, and no customer's record; it holds from their next page on.

    Which technician they are is said by their entry in the file of `ligneclaire visits import`: `adviser`.
    """
    with refusals():
        set_field_work(username=username, is_technician=not end, by=SYSTEM, at=clock.now())
    click.echo(f"{username} is an adviser like the others." if end else f"{username} is a technician.")
