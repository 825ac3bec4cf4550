"""Bring the database up to date."""

from __future__ import annotations

import click
from django.core.management import call_command


@click.command
def command() -> None:
    """Apply the migrations that are missing and set the rights of the database's roles."""
    call_command("migrate", interactive=False, verbosity=0)
    click.echo("The database is up to date.")
