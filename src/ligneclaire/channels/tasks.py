"""Jobs that keep lists quick."""

from __future__ import annotations

from procrastinate.contrib.django import app

from ligneclaire.channels.actions.look_out import look_out
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.clock import now


@app.periodic(cron="47 * * * *")
@app.task(queue="housekeeping", queueing_lock="look_out")
def look_out_for_waiting(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic task
    """Once an hour."""
    look_out(by=SYSTEM, at=now())
