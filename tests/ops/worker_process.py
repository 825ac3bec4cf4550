"""A worker with a few tasks for tests, run as a process of its own: `worker_process.py [loop that fails]`."""

from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path

import django
from django.db import transaction
from procrastinate import JobContext
from procrastinate.contrib.django import app

os.environ["DJANGO_SETTINGS_MODULE"] = "ligneclaire.config.settings"
django.setup()

from ligneclaire.ops.worker import work  # noqa: E402 - Django first


@app.task(queue="bulk", name="tests.sleep_at_first", pass_context=True)
def sleep_at_first(context: JobContext, *, seconds: float, place: str) -> None:
    """Write that it began; fall asleep unless it is a second attempt."""
    with Path(place).open("a") as file:
        file.write(f"attempt {context.job.attempts}\n")
    if context.job.attempts == 0:
        time.sleep(seconds)


@app.task(queue="live-in", name="tests.mark")
def mark(*, place: str) -> None:
    """Write that it ran."""
    with Path(place).open("a") as file:
        file.write("marked\n")


@app.task(queue="live-in", name="tests.defer_and_fail")
def defer_and_fail(*, place: str) -> None:
    """Defer a job in a transaction that is rolled back."""
    with transaction.atomic():
        mark.defer(place=place)
        raise ValueError("on purpose")


def fail(_stop: threading.Event) -> None:
    """End at once with an error."""
    raise ValueError("on purpose")


if __name__ == "__main__":
    work(beside=(fail,) if "loop-that-fails" in sys.argv else ())
