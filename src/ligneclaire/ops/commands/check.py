"""Say whether this installation is ready and protected."""

from __future__ import annotations

import click
from django.conf import settings
from django.core import checks

from ligneclaire.ops import database


@click.command
def command() -> None:
    """Say what is wrong with this installation, if anything; exit 1 when something is."""
    faults = [*_of_the_code(), *database.faults()]
    for fault in faults:
        click.echo(f"wrong: {fault}")
    if faults:
        raise click.exceptions.Exit(1)
    click.echo("All is well: settings, database, migrations, roles.")


def _of_the_code() -> list[str]:
    found = checks.run_checks(include_deployment_checks=settings.PRODUCTION)
    return [
        f"{message.msg} ({message.id})"
        for message in found
        if message.level >= checks.WARNING and not message.is_silenced()
    ]
