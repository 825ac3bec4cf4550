"""There is one clock, and only doors, tasks and handlers look at it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from architecture.house import SOURCE, called, imported, modules, place, tree

SYSTEM_CLOCK = {
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "timezone.now",
    "datetime.datetime.now", "datetime.datetime.utcnow", "datetime.date.today", "timezone.localdate", "localdate",
}  # fmt: skip
OUR_CLOCK = "ligneclaire.kernel.clock"
LOOK_AT_THE_CLOCK = {"api", "desk", "ops", "config", "simulation", "space", "ui"}  # ui: a page says years but its own


def system_clock_readers() -> Iterator[str]:
    for path in modules():
        if path != SOURCE / "kernel" / "clock.py":
            yield from (
                f"{place(path, node)} {called(node)}" for node in ast.walk(tree(path)) if called(node) in SYSTEM_CLOCK
            )


def clock_readers_below_the_doors() -> Iterator[str]:
    for path in modules():
        if LOOK_AT_THE_CLOCK & {*path.relative_to(SOURCE).parts} or path.stem in {"tasks", "handlers", "clock"}:
            continue
        for node in ast.walk(tree(path)):
            yield from (f"{place(path, node)} {name}" for name in imported(node) if name.startswith(OUR_CLOCK))


def test_only_the_kernels_clock_reads_the_system_clock() -> None:
    assert list(system_clock_readers()) == []


def test_below_the_doors_time_is_an_argument() -> None:
    assert list(clock_readers_below_the_doors()) == []
