"""How fast recorded facts get their outcomes: two worker processes, all facts of a sample of customers."""

from __future__ import annotations

import cProfile
import pstats
import subprocess
import sys
from datetime import datetime, timedelta
from time import perf_counter

from django.db import connection

from bench.__main__ import Figure
from ligneclaire.config.wiring import deliver

LATER = timedelta(days=14)
WORKERS = 2
WARM = 20  # customers before the profile begins: what is computed once a process must not stand for the rest
PROFILED = 200
SHOWN = 14


def measure(*, sample: int, at: datetime) -> list[Figure]:
    """Deliver the news of a sample, a first part of it under the profiler; the rest of the world waits."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE facts_delivery SET due_at = NULL, again_at = NULL WHERE key NOT IN "
            "(SELECT key FROM facts_delivery WHERE handled_to IS NULL AND due_at IS NOT NULL ORDER BY key LIMIT %s)",
            [sample + WARM + PROFILED],
        )
    profile = _profiled(at + LATER)
    facts, messages = _count("voice_outcome"), _count("channels_message")
    workers = [_worker(at + LATER) for _ in range(WORKERS)]
    began = perf_counter()
    for worker in workers:
        assert worker.stdin
        worker.stdin.write("go\n")
        worker.stdin.flush()
    cpu = sum(float(worker.communicate()[0]) for worker in workers)
    seconds = perf_counter() - began
    facts, messages = _count("voice_outcome") - facts, _count("channels_message") - messages
    return [
        Figure(
            what=f"facts from recorded to outcome, {WORKERS} workers",
            value=facts / seconds,
            unit="facts/s",
            baseline="the aim of 1,000/s",
            ratio=facts / seconds / 1000,
        ),
        Figure(what="  per second of Python's own time", value=facts / cpu, unit="facts/cpu s"),
        Figure(what="  messages decided, worded and queued on the way", value=messages / seconds, unit="messages/s"),
        *profile,
    ]


def _profiled(until: datetime) -> list[Figure]:
    """Say where the time goes, by share of the whole."""
    profile = cProfile.Profile()
    done = 0
    deliver(until=until, limit=WARM)
    with profile:
        while done < PROFILED and (handled := deliver(until=until)):
            done += handled
    stats = pstats.Stats(profile).get_stats_profile()
    ours = [
        (function.cumtime / stats.total_tt, f"{function.file_name.rpartition('ligneclaire/')[2]} {name}")
        for name, function in stats.func_profiles.items()
        if "/ligneclaire/" in function.file_name and function.cumtime > 0.03 * stats.total_tt
    ]
    return [
        Figure(what=f"  profile: {name}", value=share * 100, unit="% of the time")
        for share, name in sorted(ours, reverse=True)[:SHOWN]
    ]


def _worker(until: datetime) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "bench.worker", until.isoformat()]
    worker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert worker.stdout
    if worker.stdout.readline() != "ready\n":
        raise RuntimeError("a worker did not start")
    return worker


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608  # a name of ours
        return int(cursor.fetchone()[0])
