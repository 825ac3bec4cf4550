"""Everything at once on this machine: database, server, worker, and a small operator to look at."""

from __future__ import annotations

import shutil
import socket

import click
from django.conf import settings
from django.core.management import call_command

from ligneclaire.ops import database, postgres
from ligneclaire.ops.supervisor import Part, PartFailed, run_together

PORTS_TRIED = 20


@click.command
@click.option("--reset", is_flag=True, envvar="RESET", help="Forget the last demo first (RESET=1).")
@click.option("--port", type=click.IntRange(1, 65535), default=lambda: settings.PORT, help="First port to try.")
def command(*, reset: bool, port: int) -> None:
    """Run the demo until Ctrl-C."""
    if reset:
        _forget()
    attachment = postgres.attach(settings.VAR, programs_in=settings.POSTGRES_BIN)
    database.use(attachment.url)
    click.echo("Preparing the database ...")
    call_command("migrate", interactive=False, verbosity=0)
    fill()
    port = _free(port)
    logs = settings.VAR / "log"
    logs.mkdir(parents=True, exist_ok=True)
    parts = [
        Part(arguments=("serve", "--port", str(port)), log=logs / "serve.log"),
        Part(arguments=("worker",), log=logs / "worker.log"),
    ]
    try:
        run_together(parts, port=port, on_ready=lambda: _announce(port), revive=attachment.revive)
    except PartFailed as failed:
        raise click.ClickException(str(failed)) from None
    click.echo("Stopped.")


def fill() -> None:
    """Put the demo's operator and stories into the database, once."""


def _forget() -> None:
    try:
        postgres.wipe(settings.VAR, programs_in=settings.POSTGRES_BIN)
    except postgres.PostgresUnavailable as in_use:
        raise click.ClickException(str(in_use)) from None
    for name in ("outbox", "log"):
        shutil.rmtree(settings.VAR / name, ignore_errors=True)


def _free(first: int) -> int:
    for port in range(first, first + PORTS_TRIED):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise click.ClickException(f"No free port from {first} to {first + PORTS_TRIED - 1}.")


def _announce(port: int) -> None:
    click.echo(f"Ligne Claire is ready: http://127.0.0.1:{port}/   (Ctrl-C stops it)")
