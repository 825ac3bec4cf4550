"""`python -m bench [--customers N] [--facts N] [--only PART]...`: prints a table; `docs/benchmarks.md` keeps one."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

HERE = Path(__file__).resolve().parent.parent
AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
FACTS_EACH = 20
SMALL = 10_000
STEPS, ENTRIES, CALLS, MAILS = 100_000, 2_000_000, 5_000, 10_000
PAIRS, SEEN = 20_000, 5_000_000
TECHNICIANS, BOOKED = 200, 5_000
IMPORTED_CUSTOMERS, IMPORTED_ENTRIES = 200_000, 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured number, with the machine's own number beside it where there is one."""

    what: str
    value: float
    unit: str
    baseline: str = ""
    ratio: float | None = None

    def __str__(self) -> str:
        beside = f"{self.ratio:6.2f} of {self.baseline}" if self.ratio is not None else self.baseline
        return f"| {self.what:<62} | {self.value:>12,.1f} {self.unit:<14} | {beside} |"


@click.command
@click.option("--customers", default=100_000, show_default=True, help="Size of the world.")
@click.option("--facts", default=2_000_000, show_default=True, help="How many facts it has; twenty a customer.")
@click.option("--sample", default=5_000, show_default=True, help="Customers whose news is decided and worded.")
@click.option("--ended", default=50_000, show_default=True, help="Contracts that one command ends.")
@click.option("--timers", default=1_000_000, show_default=True, help="Timers that fall due at once.")
@click.option(
    "--scale",
    default=0.05,
    show_default=True,
    envvar="BENCH_SCALE",
    help="Of 100,000 open steps and 2,000,000 entries in the house where the desk is measured, and of "
    "200,000 customers and 1,000,000 entries that are imported (BENCH_SCALE).",
)
@click.option(
    "--only",
    multiple=True,
    help="Only: small, world, pages, ingest, gate, search, wording, letters, imports, network, visits, doors, "
    "live, day, helpdesk; each needs a world.",
)
def main(
    *, customers: int, facts: int, sample: int, ended: int, timers: int, scale: float, only: tuple[str, ...]
) -> None:
    """Measure everything on an embedded server of its own under var/bench."""
    start()
    parts = _parts(customers, min(facts // FACTS_EACH, customers), min(sample, customers))
    parts |= _desk(customers, scale)
    parts["journeys"] = lambda: _journeys(min(ended, customers), timers)
    click.echo(f"{os.cpu_count()} cores, {customers:,} customers, {facts:,} facts, {datetime.now(UTC):%Y-%m-%d}")
    for name, part in parts.items():
        if not only or name in only:
            for figure in part():
                click.echo(str(figure))


def start() -> None:
    """Make Django and the database ready, in this process and in the workers that it starts."""
    os.environ.setdefault("LIGNECLAIRE_LOG_LEVEL", "ERROR")
    os.environ.setdefault("LIGNECLAIRE_VAR", str(HERE / "var" / "bench"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ligneclaire.config.settings")
    import django  # noqa: PLC0415  # app ready

    from ligneclaire.config.env import environment  # noqa: PLC0415  # app ready
    from ligneclaire.ops import database, postgres  # noqa: PLC0415  # app ready

    django.setup()
    if not environment().database_url:
        database.use(postgres.attach(environment().var).url)
    database.bring_up_to_date()


def _parts(customers: int, with_facts: int, sample: int) -> dict[str, Callable[[], list[Figure]]]:
    from bench import gate, ingest, letters, pages, search, wording, world  # noqa: PLC0415  # app ready

    story = json.loads((HERE / "stories" / "operator.json").read_text(encoding="utf-8"))
    small = min(SMALL, customers)
    return {
        "small": lambda: [*world.measure(story, customers=small), *pages.measure(customers=small, at=AT)],
        "world": lambda: world.measure(story, customers=customers),
        "pages": lambda: pages.measure(customers=customers, at=AT),
        "ingest": lambda: ingest.measure(customers=with_facts, at=AT),
        "gate": lambda: gate.measure(sample=sample, at=AT),
        "search": lambda: search.measure(world=customers, at=AT),
        "wording": wording.measure,
        "letters": letters.measure,
    }


def _desk(customers: int, scale: float) -> dict[str, Callable[[], list[Figure]]]:
    from bench import day, doors, helpdesk, imports, live, network, visits  # noqa: PLC0415  # app ready

    steps, entries = int(STEPS * scale), int(ENTRIES * scale)
    calls, mails = max(64, int(CALLS * scale)), max(40, int(MAILS * scale))
    people, history = int(IMPORTED_CUSTOMERS * scale), int(IMPORTED_ENTRIES * scale)
    pairs, seen = max(640, int(PAIRS * scale)), int(SEEN * scale)
    booked = max(640, int(BOOKED * scale))
    return {
        "imports": lambda: imports.measure(customers=people, entries=history),
        "network": lambda: network.measure(customers=customers, assignments=pairs, observations=seen, at=AT),
        "visits": lambda: visits.measure(customers=customers, technicians=TECHNICIANS, visits=booked, at=AT),
        "doors": lambda: doors.measure(customers=customers, calls=calls, mails=mails, at=AT),
        "live": lambda: live.measure(at=AT),
        "helpdesk": lambda: helpdesk.measure(customers=customers, calls=calls, at=AT),
        "day": lambda: day.measure(customers=customers, steps=steps, entries=entries, at=AT),
    }


def _journeys(ended: int, timers: int) -> list[Figure]:
    from bench import journeys, pages  # noqa: PLC0415  # app ready

    pages.give_account(AT)
    return journeys.measure(contracts=ended, timers=timers, at=AT)


if __name__ == "__main__":
    main()
