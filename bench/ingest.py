"""How fast a file of facts is taken in, next to COPY of the same rows into bare tables."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from django.db import connection

from bench.__main__ import FACTS_EACH, Figure
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.simulation.load import news
from ligneclaire.voice.actions.ingest_file import ingest_file

COPIED = """
    CREATE TEMP TABLE bench_fact AS TABLE facts_fact WITH NO DATA;
    CREATE TEMP TABLE bench_payload AS TABLE facts_payload WITH NO DATA;
"""


def measure(*, customers: int, at: datetime) -> list[Figure]:
    """Write the news to a file, take the file in, and copy out and in again what came of it."""
    with TemporaryDirectory() as place:
        path = Path(place) / "news.jsonl"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(item, ensure_ascii=False) + "\n" for item in news(customers=customers, at=at))
        began = perf_counter()
        ingest_file(path=path, by=SYSTEM, at=at)
        ours = customers * FACTS_EACH / (perf_counter() - began)
    copy = _copied()
    return [
        Figure(what="facts taken in from a file, checked", value=ours, unit="facts/s"),
        Figure(what="  next to COPY of the same rows", value=copy, unit="facts/s", baseline="COPY", ratio=ours / copy),
    ]


def _copied() -> float:
    with connection.cursor() as cursor, TemporaryDirectory() as place:
        cursor.execute(COPIED)
        paths = {table: Path(place) / table for table in ("fact", "payload")}
        for table, path in paths.items():
            with path.open("wb") as file, cursor.copy(f"COPY facts_{table} TO STDOUT") as copy:
                for block in copy:
                    file.write(block)
        began = perf_counter()
        for table, path in paths.items():
            with path.open("rb") as file, cursor.copy(f"COPY bench_{table} FROM STDIN") as copy:
                while block := file.read(1 << 20):
                    copy.write(block)
        seconds = perf_counter() - began
        cursor.execute("SELECT count(*) FROM bench_fact")
        return int(cursor.fetchone()[0]) / seconds
