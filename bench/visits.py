"""How long it takes to see what is free, and how fast times are held and booked by many people at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter
from uuid import uuid4

from django.db import connection

from bench.__main__ import Figure
from ligneclaire.facts.sql import named
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.ops import roles
from ligneclaire.visits.actions.book_visit import book_visit
from ligneclaire.visits.actions.hold_slot import SlotGone, hold_slot
from ligneclaire.visits.actions.import_technicians import import_technicians
from ligneclaire.visits.queries import slots
from ligneclaire.visits.values import Hours, TechnicianEntry, Window

SQL = named(Path(__file__).with_suffix(".sql"))
WRITERS, DAYS, TURNS = 64, 30, 40
HALVES = ((time(8), time(12)), (time(13), time(17)))


def measure(*, customers: int, technicians: int, visits: int, at: datetime) -> list[Figure]:
    """Fill half of a month of so many technicians, look at what is free; then let many people book."""
    skill = f"b{uuid4().hex[:8]}"
    territory = _one("SELECT min(code) FROM people_territory")
    _employ(skill, str(territory), technicians, at)
    values = {"skill": skill, "territory": territory, "customers": customers, "at": at, "share": 2}
    _run("needs", values | {"count": technicians * DAYS * 4, "name": skill})
    _run("visits", values | {"days": DAYS})
    with roles.as_owner(connection):  # whoever else asks is told nothing, and nothing is done
        _run("analyze", {})
    return [_free(skill, str(territory), technicians, at), _book(skill, str(territory), visits, customers, at)]


def _free(skill: str, territory: str, technicians: int, at: datetime) -> Figure:
    first = at.date()
    last = first + timedelta(days=DAYS)

    def asked() -> None:
        slots.free(territory=territory, skill=skill, from_=first, to=last, at=at)

    values = {"skill": skill, "at": at, "until": at + timedelta(days=DAYS)}
    found, plain = _p95(asked), _p95(lambda: _run("scan", values))
    return Figure(
        what=f"free windows of {technicians} technicians, {DAYS} days, half booked, p95",
        value=found * 1000,
        unit="ms",
        baseline=f"a plain read of their visits ({plain * 1000:.1f} ms)",
        ratio=found / plain,
    )


def _book(skill: str, territory: str, count: int, customers: int, at: datetime) -> Figure:
    name = f"{skill}+"
    values = {"skill": skill, "territory": territory, "customers": customers, "at": at}
    _run("needs", values | {"count": count, "name": name})
    with connection.cursor() as cursor:
        cursor.execute("SELECT reference FROM visits_need WHERE contract LIKE %s ORDER BY id", [f"{name}-%"])
        needs = [reference for (reference,) in cursor.fetchall()]
    last = at.date() + timedelta(days=90)
    open_ones = slots.free(territory=territory, skill=skill, from_=at.date(), to=last, at=at)
    wanted = list(islice(cycle(slot.window for slot in open_ones), len(needs)))
    with ThreadPoolExecutor(WRITERS) as pool:
        start = perf_counter()
        parts = [zip(needs[place::WRITERS], wanted[place::WRITERS], strict=True) for place in range(WRITERS)]
        booked = sum(pool.map(lambda part: _each(part, at), parts))
    taken = perf_counter() - start
    doubles = _one(SQL["doubles"])
    assert doubles == 0, f"{doubles} double bookings"
    return Figure(
        what=f"visits held and booked, {WRITERS} writers, no double booking", value=booked / taken, unit="visits/s"
    )


def _each(part: zip[tuple[str, Window]], at: datetime) -> int:
    booked = 0
    try:
        for need, window in part:
            try:
                reference = hold_slot(need=need, window=window, by=SYSTEM, at=at)
            except SlotGone:
                continue
            book_visit(reference=reference, by=SYSTEM, at=at)
            booked += 1
    finally:
        connection.close()
    return booked


def _employ(skill: str, territory: str, count: int, at: datetime) -> None:
    week = tuple(Hours(weekday=day, starts=starts, ends=ends) for day in range(1, 6) for starts, ends in HALVES)
    import_technicians(
        technicians=[
            TechnicianEntry(
                number=f"{skill}-{place}",
                name="Bench",
                mobile="+33639980900",
                skills=(skill,),
                territories=(territory,),
                hours=week,
            )
            for place in range(count)
        ],
        by=SYSTEM,
        at=at,
    )


def _p95(work: Callable[[], object]) -> float:
    work()
    seconds = []
    for _ in range(TURNS):
        start = perf_counter()
        work()
        seconds.append(perf_counter() - start)
    return sorted(seconds)[int(TURNS * 0.95)]


def _run(name: str, values: dict[str, object]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SQL[name], values)  # type: ignore[arg-type]  # what psycopg takes
        if cursor.description:
            cursor.fetchall()


def _one(statement: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        [(value,)] = cursor.fetchall()
    return value
