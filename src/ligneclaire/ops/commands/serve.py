"""Serve pages and API."""

from __future__ import annotations

import click
from django.conf import settings
from granian import Granian
from granian.constants import Interfaces

from ligneclaire.ops.database import bring_up_to_date

PATIENCE = 2  # seconds; an open event stream never ends by itself


@click.command
@click.option("--host", default=lambda: settings.HOST, help="Address to listen on (LIGNECLAIRE_HOST).")
@click.option("--port", type=int, default=lambda: settings.PORT, help="Port to listen on (LIGNECLAIRE_PORT).")
@click.option("--workers", type=click.IntRange(min=1), default=1, show_default=True, help="Processes.")
def command(host: str, port: int, workers: int) -> None:
    """Serve pages and API until stopped, after applying the migrations that are missing."""
    bring_up_to_date()
    server = Granian(
        "ligneclaire.config.asgi:application",
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        workers=workers,
        workers_kill_timeout=PATIENCE,
        respawn_failed_workers=True,
        websockets=False,
        log_dictconfig={"loggers": {"_granian": {"propagate": True}}},  # to the handlers of the process
    )
    server.serve()
