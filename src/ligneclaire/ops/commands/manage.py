"""Django's own commands."""

from __future__ import annotations

import click
from django.core.management import execute_from_command_line


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Run one of Django's own commands, such as `makemigrations`."""
    execute_from_command_line(["ligneclaire manage", *arguments])
