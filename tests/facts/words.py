"""Words for tests of the record and its delivery."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db import connection

from ligneclaire.facts.delivery import Again, Claim, deliver
from ligneclaire.facts.record import record
from ligneclaire.facts.stated import Answer, Priority, Statement
from ligneclaire.kernel.actor import SYSTEM

START = datetime(2015, 2, 10, 8, 0, tzinfo=UTC)


def second(number: float) -> datetime:
    """An instant, in seconds after the beginning."""
    return START + timedelta(seconds=number)


def said(name: str, *, customer: str | None = "C-1", value: object = 1, source: str = "billing") -> Statement:
    """What a source states, under this id."""
    return Statement(
        source=source,
        source_id=name,
        kind="closing_bill.date",
        customer=customer,
        subject="contract:K-1",
        value=value,
        effective=None,
        at=START,
    )


def recorded(*statements: Statement, at: float, priority: Priority = Priority.LIVE) -> tuple[Answer, ...]:
    """Record statements at a second."""
    return record(statements, by=SYSTEM, at=second(at), priority=priority)


@dataclass(kw_only=True)
class Listener:
    """Remembers what it was given; stumbles over the facts and customers named as poison."""

    poison: frozenset[str] = frozenset()
    again: Mapping[str, datetime] = field(default_factory=dict)
    moving: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    heard: list[list[str]] = field(default_factory=list)

    def __call__(self, claims: Sequence[Claim], *, until: datetime, without: frozenset[int]) -> Mapping[str, Again]:
        names = self._news(claims, until, without)
        if found := self.poison & {*names, *(claim.key for claim in claims)}:
            raise ValueError(f"cannot bear {', '.join(sorted(found))}")
        self.heard.append(names)
        return {
            claim.key: Again(at=self.again.get(claim.key), moving=self.moving.get(claim.key, ())) for claim in claims
        }

    def _news(self, claims: Sequence[Claim], until: datetime, without: frozenset[int]) -> list[str]:
        names = []
        for claim in claims:
            with connection.cursor() as cursor:
                cursor.execute(NEWS, [claim.customer, claim.key, claim.handled_to, until, list(without)])
                names += [name for (name,) in cursor.fetchall()]
        return names

    def delivered(self, *, until: float, limit: int = 50) -> int:
        """Deliver to this listener what is due before a second."""
        return deliver(self, until=second(until), limit=limit, owner_of=lambda customer: f"owner of {customer}")


NEWS = """
SELECT source_id FROM facts_fact
LEFT JOIN facts_failure ON fact_id = id
WHERE coalesce(customer = %s, 'source:' || source = %s)
  AND coalesce(recorded_at > %s, true) AND recorded_at < %s AND set_aside_at IS NULL AND id != ALL(%s)
ORDER BY recorded_at, source_id
"""
