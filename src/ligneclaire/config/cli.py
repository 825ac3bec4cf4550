"""The command `ligneclaire`."""

from __future__ import annotations

import os
import sys

import click
import django
from django.core.management import execute_from_command_line

from ligneclaire.config.env import connect_to, environment
from ligneclaire.ops import postgres

USAGE = 2


def prepare() -> None:
    """Environment, database, Django: in this order."""
    env = environment()
    if not env.database_url:
        try:
            connect_to(postgres.attach(env.var, programs_in=env.postgres_bin).url)
        except postgres.PostgresUnavailable as unavailable:
            raise click.ClickException(str(unavailable)) from None
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ligneclaire.config.settings")
    django.setup()


@click.group()
@click.version_option(package_name="ligneclaire")
def main() -> None:
    """Customer care: one customer, one thread, one voice, one name."""


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Run one of Django's own commands."""
    prepare()
    execute_from_command_line([sys.argv[0], *arguments])
