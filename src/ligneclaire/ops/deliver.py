"""The loop that delivers news: at once when somebody has some, and when time alone makes it due."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import connection

from ligneclaire.facts.delivery import next_due
from ligneclaire.facts.news import WAKE
from ligneclaire.kernel import clock

POLL = 1.0  # seconds; news that was announced while nobody listened is found by then


def deliver_forever(deliver: Callable[..., int]) -> Callable[[threading.Event], None]:
    """Make a loop for the worker that ends when its event is set."""

    def loop(stop: threading.Event) -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"LISTEN {WAKE}")
            while not stop.is_set():
                if not deliver(until=clock.now()):
                    _wait()
        finally:
            connection.close()

    return loop


def _wait() -> None:
    due = next_due()
    seconds = min(POLL, max(0.0, (due - clock.now()).total_seconds())) if due else POLL
    assert connection.connection is not None
    for _ in connection.connection.notifies(timeout=max(seconds, 0.001), stop_after=1):
        pass
