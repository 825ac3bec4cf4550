"""How fast a world is imported."""

from __future__ import annotations

from collections.abc import Mapping
from time import perf_counter

from bench.__main__ import AT, Figure
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.simulation.load import world
from ligneclaire.simulation.world import import_world


def measure(story: Mapping[str, object], *, customers: int) -> list[Figure]:
    """Import all customers, then the same again."""
    document = world(story, customers=customers)
    first = _seconds(document)
    again = _seconds(document)
    return [
        Figure(what="customers imported (two contracts each)", value=customers / first, unit="customers/s"),
        Figure(
            what="the same world again, nothing to change",
            value=customers / again,
            unit="customers/s",
            baseline="first import",
            ratio=again / first,
        ),
    ]


def _seconds(document: Mapping[str, object]) -> float:
    start = perf_counter()
    import_world(document, by=SYSTEM, at=AT)
    return perf_counter() - start
