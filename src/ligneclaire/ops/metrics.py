"""What Prometheus reads: requests as they are served, and figures read from the database when asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection
from prometheus_client import REGISTRY, Histogram
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from ligneclaire.kernel.clock import now

REQUESTS = Histogram(
    "ligneclaire_request_seconds",
    "How long requests took, by route.",
    ["method", "route", "status"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Rows that operators watch, counted at each scrape; the query knows `at`, and answers labels, then the number."""

    name: str
    says: str
    labels: tuple[str, ...] = ()
    query: str


def _rows(name: str, says: str, query: str) -> Figure:
    return Figure(name=f"ligneclaire_{name}", says=says, query=f"SELECT count(*) FROM {query}")  # noqa: S608


def _mailbox(name: str, says: str, column: str) -> Figure:
    query = f"SELECT name, {column} FROM channels_mailbox ORDER BY name"  # noqa: S608
    return Figure(name=f"ligneclaire_mailbox_{name}", says=says, labels=("mailbox",), query=query)


SINCE = "extract(epoch FROM %(at)s - looked_at)::float8"
JOBS = "SELECT queue_name, status::text, count(*) FROM procrastinate_jobs GROUP BY 1, 2 ORDER BY 1, 2"
NEWS = """
    SELECT known.name, count(delivery.key)
    FROM (VALUES (0, 'live'), (1, 'bulk')) AS known (priority, name)
    LEFT JOIN facts_delivery AS delivery ON delivery.priority = known.priority AND delivery.due_at <= %(at)s
    GROUP BY known.priority, known.name ORDER BY known.priority
"""
MODE = """
    SELECT mode, (mode = COALESCE((SELECT mode FROM voice_modechange ORDER BY at DESC LIMIT 1), 'live'))::int
    FROM unnest(ARRAY['live', 'shadow', 'stop']) AS known (mode)
"""
NOT_UNDERSTOOD = """
    voice_outcome WHERE "end" = 'not understood' AND NOT EXISTS (
      SELECT FROM voice_inspection AS done WHERE done.fact_id = voice_outcome.fact_id AND done.deed = 'ticked off'
    )
"""
FIGURES = (
    Figure(name="ligneclaire_jobs", says="Jobs by queue and state.", labels=("queue", "state"), query=JOBS),
    Figure(name="ligneclaire_news", says="Customers whose news waits for a worker.", labels=("priority",), query=NEWS),
    Figure(name="ligneclaire_voice_mode", says="1 for the mode that the voice is in.", labels=("mode",), query=MODE),
    _rows("questions_open", "Contradictions that wait for an owner.", "cases_question WHERE state = 'open'"),
    _rows("messages_queued", "Messages written and not sent yet.", "channels_message WHERE state = 'queued'"),
    _rows(
        "messages_delayed",
        "Messages that the mail server could not take yet.",
        "channels_message WHERE state = 'queued' AND failing_since IS NOT NULL",
    ),
    _rows(
        "messages_undeliverable",
        "Messages refused for good and not ticked off.",
        "channels_message WHERE state IN ('undeliverable', 'returned') AND ticked_off_at IS NULL",
    ),
    _rows(
        "promises_unconfirmed",
        "Promises past their date without proof.",
        "promises_promise WHERE state = 'unconfirmed'",
    ),
    _rows("mails_unmatched", "E-mails that a person has to match.", "cases_unmatchedmail WHERE state = 'waiting'"),
    _mailbox("taken", "E-mails taken in from a mailbox by IMAP.", "taken"),
    _mailbox("left", "E-mails that the last look left there: too large, or they break us.", '"left"'),
    _mailbox("failures", "Looks into a mailbox that failed.", "failures"),
    _mailbox("silent_seconds", "Time since a look into a mailbox went well.", SINCE),
    _rows(
        "hooks_paused",
        "Subscriptions of other systems that are paused.",
        "hooks_subscription WHERE paused_at IS NOT NULL",
    ),
    _rows("hooks_waiting", "Events that wait for other systems.", "hooks_posting WHERE state IN ('waiting', 'held')"),
    _rows("facts_not_understood", "Facts not understood and not ticked off.", NOT_UNDERSTOOD),
    _rows("facts_set_aside", "Facts set aside after three failures.", "facts_failure WHERE set_aside_at IS NOT NULL"),
)


class FromDatabase(Collector):
    """Reads every figure when Prometheus asks."""

    def describe(self) -> Iterable[Metric]:
        """Nothing: registering must not touch the database."""
        return []

    def collect(self) -> Iterator[Metric]:
        """One gauge for each figure."""
        at = now()
        for figure in FIGURES:
            gauge = GaugeMetricFamily(figure.name, figure.says, labels=figure.labels)
            with connection.cursor() as cursor:
                cursor.execute(figure.query, {"at": at})
                for *labels, number in cursor.fetchall():
                    gauge.add_metric([str(label) for label in labels], number)
            yield gauge


REGISTRY.register(FromDatabase())
