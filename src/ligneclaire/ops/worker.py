"""One process that does the queued work: live queues never wait behind bulk ones."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from procrastinate import App, PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params

from ligneclaire.hooks.jobs import LANES
from ligneclaire.ops.tasks import HEARTBEAT, SILENT

Loop = Callable[[threading.Event], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """Queues that share a number of hands."""

    queues: tuple[str, ...]
    hands: int


CREWS = (
    Crew(queues=("live-in",), hands=2),
    Crew(queues=("live-out",), hands=2),
    Crew(queues=("bulk",), hands=1),
    Crew(queues=("scans",), hands=2),
    *(Crew(queues=(lane,), hands=1) for lane in LANES),
    Crew(queues=("housekeeping", "builtin"), hands=1),
)
TEXTS = (Crew(queues=("sms",), hands=8),)
"""Text messages, by the one process that is connected to a short-message centre."""


def work(*, beside: Sequence[Loop] = (), crews: Sequence[Crew] = CREWS) -> None:
    """Do jobs, and run these loops beside, until asked to stop; a loop ends when its event is set."""
    asyncio.run(_work(beside, crews))


async def _work(beside: Sequence[Loop], crews: Sequence[Crew]) -> None:
    # The tasks themselves go on deferring by Django's connection, in the transaction of what they write.
    runner = app.with_connector(PsycopgConnector(kwargs=connector_params(), min_size=2, max_size=3 * len(crews)))
    stop, quit_loops = asyncio.Event(), threading.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(signum, stop.set)
    async with runner.open_async():
        stopping = asyncio.create_task(stop.wait())
        hands = [asyncio.create_task(_crew(runner, crew)) for crew in crews]
        loops = [asyncio.create_task(asyncio.to_thread(loop, quit_loops)) for loop in beside]
        try:
            done, _ = await asyncio.wait([stopping, *hands, *loops], return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (stopping, *hands):
                task.cancel()
            await asyncio.gather(*hands, return_exceptions=True)  # what they do may need a loop
            quit_loops.set()
            await asyncio.gather(*loops, return_exceptions=True)
    for task in done - {stopping}:
        task.result()
    if stopping not in done:
        raise RuntimeError("a part of the worker ended by itself")


async def _crew(runner: App, crew: Crew) -> None:
    await runner.run_worker_async(
        queues=list(crew.queues),
        name=crew.queues[0],
        concurrency=crew.hands,
        delete_jobs="successful",
        install_signal_handlers=False,
        shutdown_graceful_timeout=8.0,
        update_heartbeat_interval=HEARTBEAT,
        stalled_worker_timeout=SILENT,
    )
