"""How fast pairs are given by many writers, and how long the network and the records take to compare."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from time import perf_counter, process_time
from uuid import uuid4

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import connection

from bench.__main__ import Figure
from ligneclaire.facts.sql import named
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.network.actions.assign_resource import FreeAt, assign_resource
from ligneclaire.network.actions.begin_survey import begin_survey
from ligneclaire.network.actions.compare_survey import compare_survey
from ligneclaire.network.actions.take_observations import take_observations
from ligneclaire.network.models import Assignment
from ligneclaire.network.states import ResourceKind, Seen
from ligneclaire.network.values import ObservationEntry
from ligneclaire.ops import roles

SQL = named(Path(__file__).with_suffix(".sql"))
BARE = "INSERT INTO bench_bare VALUES (%s, tstzrange(%s, NULL), %s)"
WRITERS = 64
AT_ONCE = 50_000
FILLED_AT_ONCE = 100_000
ODD = 1_000  # one pair in so many is silent


def measure(*, customers: int, assignments: int, observations: int, at: datetime) -> list[Figure]:
    """Give pairs at one site from sixty-four connections; then compare what the network sees of all of them."""
    return [*_assign(customers, assignments, at), *_compare(customers, observations, at)]


def _assign(customers: int, count: int, at: datetime) -> list[Figure]:
    site = f"B-{uuid4().hex[:8].upper()}"
    _fill(site, customers, count, at, "site", "pairs", "lines")
    with roles.as_owner(connection):
        _run("bare", {})

    def bare(place: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO bench_bare VALUES (%s, tstzrange(%s, NULL), %s)",
                [f"{site}-{place}", at, f"{site}/{place}"],
            )

    def assigned(place: int) -> None:
        choice = FreeAt(site=site, kind=ResourceKind.PAIR)
        assign_resource(line=f"{site}/{place}", choice=choice, because="bench", by=SYSTEM, at=at)

    plain = _each(bare, count)
    before = _processor()
    given = _each(assigned, count)
    spent = [(after - was) / count * 1000 for was, after in zip(before, _processor(), strict=True)]
    return [
        Figure(
            what=f"pairs given at one site of {count:,}, {WRITERS} writers",
            value=given,
            unit="pairs/s",
            baseline=f"bare INSERTs with the same constraint ({plain:,.0f}/s)",
            ratio=given / plain,
        ),
        Figure(
            what="processor time of the database for a pair",
            value=spent[1],
            unit="ms",
            baseline=f"and of the program {spent[0]:,.1f} ms",
        ),
    ]


def _compare(customers: int, count: int, at: datetime) -> list[Figure]:
    site = "B-SEEN"
    _fill(site, customers, count, at, "site", "pairs", "lines", held=True)
    with roles.as_owner(connection), _unconstrained():
        _fill(site, customers, count, at, "holdings")
    survey = begin_survey(source="bench", digest=uuid4().hex, seen_at=at, by=SYSTEM, at=at)
    start = perf_counter()
    for after in range(0, count, AT_ONCE):
        upto = min(count, after + AT_ONCE)
        rows = [
            ObservationEntry(resource=f"{site}-{place}", number="", seen=Seen.ACTIVE if place % ODD else Seen.SILENT)
            for place in range(after + 1, upto + 1)
            if place % 20
        ]
        take_observations(survey=survey.uuid, after=after, upto=upto, rows=rows, by=SYSTEM, at=at)
    taken = perf_counter() - start
    _run("analyze", {}, "ANALYZE network_observation, network_resource, network_assignment, network_line")
    joined = _seconds(lambda: _run("join", {"at": at}))
    compared = _seconds(lambda: compare_survey(survey=survey.uuid, due_on=at.date(), by=SYSTEM, at=at))
    return [
        Figure(what=f"observations taken in, {count:,}", value=count / taken, unit="rows/s"),
        Figure(
            what=f"{count:,} observations compared with the records",
            value=compared,
            unit="s",
            baseline=f"a plain join of the same tables ({joined:.1f} s)",
            ratio=compared / joined,
        ),
    ]


@contextmanager
def _unconstrained() -> Iterator[None]:
    """Millions of holdings are checked when all are there."""
    kept = [one for one in Assignment._meta.constraints if isinstance(one, ExclusionConstraint)]  # noqa: SLF001
    with connection.schema_editor() as editor:
        for constraint in kept:
            editor.remove_constraint(Assignment, constraint)
    yield
    with connection.schema_editor() as editor:
        for constraint in kept:
            editor.add_constraint(Assignment, constraint)


def _fill(site: str, customers: int, count: int, at: datetime, *parts: str, held: bool = False) -> None:
    """Make rows a part at a time, as an import does."""
    for part in parts:
        for first in range(1, count + 1, FILLED_AT_ONCE):
            last = min(count, first + FILLED_AT_ONCE - 1)
            _run(part, {"site": site, "customers": customers, "first": first, "count": last, "at": at, "held": held})


def _run(name: str, values: dict[str, str | int | datetime], statement: str = "") -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement or SQL[name], values)


def _each(work: Callable[[int], None], count: int) -> float:
    def some(first: int) -> None:
        try:
            for place in range(first, count + 1, WRITERS):
                work(place)
        finally:
            connection.close()

    start = perf_counter()
    with ThreadPoolExecutor(WRITERS) as pool:
        for done in [pool.submit(some, first) for first in range(1, WRITERS + 1)]:
            done.result()
    return count / (perf_counter() - start)


def _processor() -> tuple[float, float]:
    """Seconds that this program and the database have used so far, its connections being closed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [(backend,)] = cursor.fetchall()
    server = _stat(backend)[1]
    connection.close()
    ticks = sum(int(value) for value in _stat(int(server))[11:15])  # its own, and of its children that ended
    return process_time(), ticks / os.sysconf("SC_CLK_TCK")


def _stat(process: int) -> list[str]:
    return Path(f"/proc/{process}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()


def _seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start
