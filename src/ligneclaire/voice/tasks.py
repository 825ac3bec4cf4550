"""Jobs of the voice."""

from __future__ import annotations

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.clock import now
from ligneclaire.voice.dispatch import dispatch


@app.task(queue="live-out", retry=RetryStrategy(max_attempts=8, exponential_wait=2))
def send(message: str) -> None:
    """Let one message leave."""
    dispatch(message=UUID(message), by=SYSTEM, at=now())
