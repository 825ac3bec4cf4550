"""Do the queued work."""

from __future__ import annotations

from collections.abc import Callable

import click

from ligneclaire.ops import database
from ligneclaire.ops.deliver import deliver_forever
from ligneclaire.ops.worker import work


@click.command
@click.pass_obj
def command(deliver: Callable[..., int]) -> None:
    """Do the queued work until stopped."""
    faults = list(database.faults())
    if faults:
        raise click.ClickException("\n".join(faults))
    work(beside=[deliver_forever(deliver)])
