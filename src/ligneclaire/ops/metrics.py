"""What Prometheus reads: requests as they are served, and figures read from the database when asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection
from prometheus_client import REGISTRY, Histogram
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

REQUESTS = Histogram(
    "ligneclaire_request_seconds",
    "How long requests took, by route.",
    ["method", "route", "status"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5),
)
JOBS = "SELECT queue_name, status::text, count(*) FROM procrastinate_jobs GROUP BY 1, 2 ORDER BY 1, 2"
NEWS = "SELECT priority, count(*) FROM facts_delivery WHERE due_at IS NOT NULL GROUP BY 1 ORDER BY 1"
SET_ASIDE = "SELECT count(*) FROM facts_failure WHERE set_aside_at IS NOT NULL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number of rows that operators watch, read at each scrape; the query answers labels, then the number."""

    name: str
    says: str
    labels: tuple[str, ...]
    query: str


MODE = """
    SELECT mode, (mode = COALESCE((SELECT mode FROM voice_modechange ORDER BY at DESC LIMIT 1), 'live'))::int
    FROM unnest(ARRAY['live', 'shadow', 'stop']) AS known (mode)
"""


def _rows(name: str, says: str, query: str) -> Figure:
    return Figure(name=f"ligneclaire_{name}", says=says, labels=(), query=f"SELECT count(*) FROM {query}")  # noqa: S608


FIGURES = (
    Figure(name="ligneclaire_jobs", says="Jobs by queue and state.", labels=("queue", "state"), query=JOBS),
    Figure(name="ligneclaire_news", says="Customers with facts to be handled.", labels=("priority",), query=NEWS),
    Figure(name="ligneclaire_facts_set_aside", says="Facts that need a person.", labels=(), query=SET_ASIDE),
)


class FromDatabase(Collector):
    """Reads every figure when Prometheus asks."""

    def describe(self) -> Iterable[Metric]:
        """Nothing: registering must not touch the database."""
        return []

    def collect(self) -> Iterator[Metric]:
        """One gauge for each figure."""
        for figure in FIGURES:
            gauge = GaugeMetricFamily(figure.name, figure.says, labels=figure.labels)
            with connection.cursor() as cursor:
                cursor.execute(figure.query)
                for *labels, number in cursor.fetchall():
                    gauge.add_metric([str(label) for label in labels], number)
            yield gauge


REGISTRY.register(FromDatabase())
