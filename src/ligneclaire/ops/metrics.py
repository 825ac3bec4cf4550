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


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number of rows that operators watch, read at each scrape; the query answers labels, then the number."""

    name: str
    says: str
    labels: tuple[str, ...]
    query: str


FIGURES = [Figure(name="ligneclaire_jobs", says="Jobs by queue and state.", labels=("queue", "state"), query=JOBS)]


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
