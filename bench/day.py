"""How long an adviser waits for *Today* among hundreds of advisers, and for a customer's page with as many entries."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from django.db import connection

from bench.__main__ import Figure
from bench.pages import give_account, logged_in, p95, serving
from ligneclaire.channels.actions.look_out import look_out
from ligneclaire.facts.sql import named
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.clock import now

SQL = named(Path(__file__).with_suffix(".sql"))
ADVISERS, MINE = 500, 500


def measure(*, customers: int, steps: int, entries: int, at: datetime) -> list[Figure]:
    """Fill a house with work, set by set, then read the page, eight readers at a time."""
    given = {"customers": customers, "steps": steps, "entries": entries, "advisers": ADVISERS, "mine": MINE, "at": at}
    with connection.cursor() as cursor:
        for name, statement in SQL.items():
            if name != "known":
                cursor.execute(statement, given)
        cursor.execute("ANALYZE")
        cursor.execute("DELETE FROM channels_lookout")
        cursor.execute(SQL["known"])
        cases, open_steps, late, written, waiting = cursor.fetchone()
    for hours in (1, 0):  # as the worker does each hour
        look_out(by=SYSTEM, at=now() - timedelta(hours=hours))
    give_account(at)
    with serving() as port:
        headers = {"Cookie": logged_in(port)}
        health = p95(port, "/healthz", {})
        beside = f"/healthz at the same load ({health * 1000:.1f} ms)"
        size = (
            f"{cases:,} open cases, {open_steps:,} open steps ({late:,} late), {written:,} entries ({waiting:,} wait)"
        )
        pages = {
            f"*today*, {MINE} matters of mine, {size}, p95": "/",
            "  all my cases, p95": "/today/cases",
            "  customer page in that house, p95": "/customers/L-0",
        }
        return [
            Figure(what=what, value=taken * 1000, unit="ms", baseline=beside, ratio=taken / health)
            for what, path in pages.items()
            for taken in [p95(port, path, headers)]
        ]
