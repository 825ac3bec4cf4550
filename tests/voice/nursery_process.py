"""Forks a worker for every line that it reads: a process of its own that decides and sends, without the slow start."""

from __future__ import annotations

import os
import signal
import sys
import time

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "ligneclaire.config.settings"
django.setup()

from ligneclaire.channels.queries import messages  # noqa: E402 - Django first
from ligneclaire.config.wiring import deliver  # noqa: E402
from ligneclaire.kernel import clock  # noqa: E402
from ligneclaire.kernel.actor import SYSTEM  # noqa: E402
from ligneclaire.voice.dispatch import dispatch  # noqa: E402


def work(nursery: int) -> None:
    while os.getppid() == nursery:
        if not deliver(until=clock.now()):
            time.sleep(0.01)
        for card in messages.waiting_to_leave()[:5]:
            dispatch(message=card.uuid, by=SYSTEM, at=clock.now())


if __name__ == "__main__":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in sys.stdin:
        nursery, child = os.getpid(), os.fork()
        if child == 0:
            work(nursery)
            sys.exit()
        print(child, flush=True)  # noqa: T201 - the answer
