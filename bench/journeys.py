"""An offer ends for many at once, and a million timers fall due: how fast, and do live requests still get answers."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import quantiles
from threading import Event, Thread
from time import perf_counter

from django.db import connection

from bench.__main__ import Figure
from bench.pages import logged_in, read_once, serving
from ligneclaire.contracts.actions.end_contracts import end_contracts
from ligneclaire.contracts.queries import holders
from ligneclaire.kernel.actor import SYSTEM

OFFER, AT_ONCE, WORKERS = "ADSL-PHONE", 2_000, 2
PAUSE = 0.25  # seconds between two live requests
NEVER = "UPDATE facts_delivery SET due_at = NULL, again_at = NULL"
# A further step for each running journey: what waits is as in real plans, only more of it at one instant.
DUE = """
    WITH running AS (SELECT uuid, customer FROM flow_journey WHERE state = 'running'),
    due AS (
      INSERT INTO flow_timer (journey_id, customer, due_at)
      SELECT running.uuid, running.customer, %(at)s::timestamptz - step * interval '1 minute'
      FROM running, generate_series(1, %(each)s) AS step
      RETURNING customer
    )
    UPDATE facts_delivery SET due_at = LEAST(due_at, %(at)s::timestamptz - interval '1 day')
    WHERE key IN (SELECT customer FROM due)
"""


def measure(*, contracts: int, timers: int, at: datetime) -> list[Figure]:
    """End an offer for many contracts in one command, then let a great many timers fall due."""
    _run("DELETE FROM flow_timer")
    _run(NEVER)
    ends_on = (at + timedelta(days=60)).date()
    live = _Live()
    with live.asked():
        began = perf_counter()
        ended = _end(
            contracts, lambda part: end_contracts(contracts=part, ends_on=ends_on, name="bench", by=SYSTEM, at=at)
        )
        stated = perf_counter() - began
        planned = _worked(at + timedelta(hours=1))
        decided = _worked(at + timedelta(days=10))
    return [
        Figure(what=f"an offer ends for {ended:,} contracts: stated", value=stated, unit="s"),
        Figure(what="  until every plan exists", value=stated + planned, unit="s"),
        Figure(what="  until every message is decided", value=stated + planned + decided, unit="s"),
        Figure(
            what="  live requests meanwhile, p95",
            value=live.p95() * 1000,
            unit="ms",
            baseline="the aim of 200 ms",
            ratio=live.p95() * 1000 / 200,
        ),
        _timers(timers, at + timedelta(days=20)),
    ]


def _end(contracts: int, end: Callable[[tuple[str, ...]], object]) -> int:
    done, last = 0, ""
    while done < contracts and (part := holders.on_offer(OFFER, after=last, limit=min(AT_ONCE, contracts - done))):
        end(part)
        done, last = done + len(part), part[-1]
    return done


def _timers(count: int, at: datetime) -> Figure:
    """Rows that fall due at once; each wakes its journey, whose rules are asked at each of its instants."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM flow_journey WHERE state = 'running'")
        (journeys,) = cursor.fetchone()
        cursor.execute(DUE, {"at": at, "each": max(1, count // journeys)})
        cursor.execute("SELECT count(*) FROM flow_timer WHERE due_at < %s", [at])
        (due,) = cursor.fetchone()
    seconds = _worked(at)
    return Figure(what=f"timers: {due:,} due rows handled", value=due / seconds, unit="rows/s")


def _worked(until: datetime) -> float:
    """Seconds until two workers find nothing due any more."""
    workers = [_worker(until) for _ in range(WORKERS)]
    began = perf_counter()
    for worker in workers:
        assert worker.stdin
        worker.stdin.write("go\n")
        worker.stdin.flush()
    for worker in workers:
        worker.communicate()
    return perf_counter() - began


def _worker(until: datetime) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "bench.worker", until.isoformat()]
    worker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert worker.stdout
    if worker.stdout.readline() != "ready\n":
        raise RuntimeError("a worker did not start")
    return worker


@dataclass(kw_only=True)
class _Live:
    """An adviser who opens a customer's page again and again."""

    taken: list[float] = field(default_factory=list)

    @contextmanager
    def asked(self) -> Iterator[None]:
        """Ask all the time while the block lasts."""
        stop = Event()
        with serving() as port:
            cookies = logged_in(port)

            def ask() -> None:
                while not stop.wait(PAUSE):
                    self.taken.append(read_once(port, "/customers/L-0", {"Cookie": cookies}))

            asking = Thread(target=ask)
            asking.start()
            try:
                yield
            finally:
                stop.set()
                asking.join()

    def p95(self) -> float:
        """What nineteen in twenty requests do not exceed."""
        return quantiles(self.taken, n=20)[-1]


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
