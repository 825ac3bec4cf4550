"""The command `ligneclaire`: finds the command, prepares Django, and the database when the command is really run."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from functools import wraps
from importlib import import_module

import click
import django
from django.core.management.base import CommandError
from django.db import DatabaseError

from ligneclaire.config.env import environment
from ligneclaire.ops import database, postgres

COMMANDS = {
    "serve": "Serve pages and API.",
    "worker": "Do the queued work.",
    "demo": "Run everything at once on this machine, with stories to look at.",
    "import": "Import a world, or customers, contracts and history from CSV files.",
    "export": "Write everything down in open formats, or everything of one customer.",
    "login": "Let an adviser, or a clerk of a department, open the desk.",
    "supervisor": "Let an adviser look after the others.",
    "training": "Have what an adviser writes wait for a colleague.",
    "technician": "Show a technician their own visits, and nothing else.",
    "token": "Let the systems of a department state facts.",
    "hook": "Tell another system what is recorded here.",
    "audit": "Show who changed what.",
    "reset-factor": "Let somebody set up their second factor anew.",
    "ingest": "Take in what departments state, one JSON object a line.",
    "mail": "Take in e-mails, from a mail server or from files.",
    "imap": "Take in e-mails from a mailbox.",
    "sms": "Hand text messages to a short-message centre, and take in those from phones.",
    "letters": "Hand the letters that wait to the print house.",
    "settle": "Say which value of a contradiction is true.",
    "end-offer": "End every contract on an offer.",
    "mode": "Stop the voice, let it only propose, or let it speak.",
    "figures": "Count what supervisors look at.",
    "network": "Say what exists in the network and who holds it; compare it with what the network sees.",
    "visits": "Say who can come to customers and when, book visits and close them.",
    "thread": "Show everything that happened with a customer.",
    "topics": "List what customers can be told.",
    "law": "List the rules with their values and sources.",
    "replay": "Run a file of events in their own time.",
    "migrate": "Bring the database up to date.",
    "check": "Say whether this installation is ready and protected.",
    "manage": "Run one of Django's own commands.",
}
MODULES = {"import": "import_world", "end-offer": "end_offer", "reset-factor": "reset_factor"}  # none can name a module
WITHOUT_DATABASE = frozenset({"demo", "topics", "law"})  # the demo finds its own
OWN_VAR = {"demo": "var/demo"}


class Commands(click.Group):
    """Commands in modules of their own, imported when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Their names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One of them, with Django ready."""
        if cmd_name not in COMMANDS:
            return None
        if cmd_name in OWN_VAR:
            os.environ.setdefault("LIGNECLAIRE_VAR", OWN_VAR[cmd_name])
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ligneclaire.config.settings")
        django.setup()
        ctx.obj = import_module("ligneclaire.config.wiring").deliver
        command: click.Command = import_module(f"ligneclaire.ops.commands.{MODULES.get(cmd_name, cmd_name)}").command
        if cmd_name not in WITHOUT_DATABASE:
            for one in command.commands.values() if isinstance(command, click.Group) else [command]:
                one.callback = _with_database(one.callback) if one.callback else None
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The table, without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands)
@click.version_option(package_name="ligneclaire")
def main() -> None:
    """Customer care: one customer, one thread, one voice, one name."""
    environment()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))


def _with_database(run: Callable[..., object]) -> Callable[..., object]:
    @wraps(run)
    def prepared(*args: object, **kwargs: object) -> object:
        env = environment()
        try:
            if not env.database_url:
                database.use(postgres.attach(env.var, programs_in=env.postgres_bin).url)
            return run(*args, **kwargs)
        except DatabaseError:
            if faults := list(database.faults()):
                raise click.ClickException("\n".join(faults)) from None
            raise
        except (postgres.PostgresUnavailable, CommandError) as refused:
            raise click.ClickException(str(refused)) from None

    return prepared
