"""Queued work is done once the transaction is there, in time, and again when a worker was killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
SCRIPT = Path(__file__).with_name("worker_process.py")
Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start(database_url: str, tmp_path: Path) -> Iterator[Start]:
    """Start a worker process that is gone when the test is."""
    workers: list[subprocess.Popen[str]] = []

    def run(*arguments: str) -> subprocess.Popen[str]:
        environment = os.environ | {"DATABASE_URL": database_url, "LIGNECLAIRE_VAR": str(tmp_path)}
        command = [sys.executable, str(SCRIPT), *arguments]
        workers.append(subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True))
        return workers[-1]

    yield run
    for worker in workers:
        worker.kill()
        worker.communicate()


def soon(happened: Callable[[], bool], *, seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while not happened() and time.monotonic() < end:
        time.sleep(0.1)
    return happened()


def lines(place: Path) -> list[str]:
    return place.read_text().splitlines() if place.exists() else []


def states() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, status::text FROM procrastinate_jobs WHERE task_name LIKE 'tests.%' ORDER BY id"
        )
        return [(task, state) for task, state in cursor.fetchall()]


def test_a_job_of_a_killed_worker_runs_again_within_a_minute(start: Start, tmp_path: Path) -> None:
    place = tmp_path / "attempts"
    app.configure_task("tests.sleep_at_first", queue="bulk").defer(seconds=300, place=str(place))
    worker = start()
    assert soon(lambda: lines(place) == ["attempt 0"])

    worker.kill()
    killed_at = time.monotonic()
    start()

    assert soon(lambda: lines(place) == ["attempt 0", "attempt 1"], seconds=90)
    assert soon(lambda: states() == [])
    assert time.monotonic() - killed_at < 60


def test_a_live_job_does_not_wait_behind_a_bulk_job_and_a_stopped_worker_leaves_no_job_half_done(
    start: Start, tmp_path: Path
) -> None:
    bulk, live = tmp_path / "bulk", tmp_path / "live"
    for _ in range(2):
        app.configure_task("tests.sleep_at_first", queue="bulk").defer(seconds=4, place=str(bulk))
    worker = start()
    assert soon(lambda: lines(bulk) == ["attempt 0"])

    app.configure_task("tests.mark", queue="live-in").defer(place=str(live))

    assert soon(lambda: lines(live) == ["marked"], seconds=3)
    assert lines(bulk) == ["attempt 0"]
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=60) == 0
    assert states() == [("tests.sleep_at_first", "todo")]


def test_a_job_exists_exactly_when_its_transaction_does(start: Start, tmp_path: Path) -> None:
    place = tmp_path / "marks"
    with transaction.atomic():
        app.configure_task("tests.mark", queue="live-in").defer(place=str(place))
        transaction.set_rollback(True)
    assert states() == []

    app.configure_task("tests.defer_and_fail", queue="live-in").defer(place=str(place))
    start()

    assert soon(lambda: states() == [("tests.defer_and_fail", "failed")])
    assert lines(place) == []


def test_a_worker_ends_with_an_error_when_a_loop_beside_it_fails(start: Start) -> None:
    worker = start("loop-that-fails")

    _, said = worker.communicate(timeout=90)

    assert worker.returncode == 1
    assert said.splitlines()[-1] == "ValueError: on purpose"
