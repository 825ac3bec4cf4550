"""Deliver news: claim customers who have some, hand their facts to the listeners, set aside what fails.

A worker holds the rows of the customers it handles until it commits; nobody else handles or records for them
meanwhile. Every instant before `until` is then over for them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

import structlog
from django.db import connection, transaction

from ligneclaire.facts.models import Failure
from ligneclaire.facts.news import WAKE, announce
from ligneclaire.facts.sql import named

SQL = named(Path(__file__).with_name("delivery.sql"))
ATTEMPTS = 3
PAUSE = timedelta(seconds=1)
INSTANT = timedelta(microseconds=1)
NOBODY: frozenset[int] = frozenset()

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A customer (or source) with news, and what was handled before."""

    key: str
    customer: str | None
    handled_to: datetime | None
    again_at: datetime | None
    moving: tuple[str, ...] = ()  # subjects of which something waited then
    has_news: bool = True  # or only time has passed


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """When time alone makes a key due again, and the subjects of which something waits.

    At `at` something that waits is decided; `wake_at` is an instant at which something else looks again.
    """

    at: datetime | None
    moving: tuple[str, ...]
    wake_at: datetime | None = None


class Listener(Protocol):
    """Handles the news of several keys at once; returns what of each still waits, and for when."""

    def __call__(self, claims: Sequence[Claim], *, until: datetime, without: frozenset[int]) -> Mapping[str, Again]:
        """Handle what is due before `until`, as if the facts in `without` did not exist."""
        ...


OwnerOf = Callable[[str | None], str]


@transaction.atomic
def deliver(listener: Listener, *, until: datetime, limit: int, owner_of: OwnerOf) -> int:
    """Handle up to `limit` keys that are due before an instant, in one transaction; return how many."""
    claims = _claim(until, limit)
    if not claims:
        return 0
    try:
        with transaction.atomic():
            again = dict(listener(claims, until=until, without=NOBODY))
    except Exception:  # the engine's edge: one bad fact must not stop the others
        log.exception("delivery_failed", keys=len(claims))
        again = {}
        for claim in claims:
            again |= _alone(listener, claim, until, owner_of)
    _close([claim for claim in claims if claim.key in again], again, until)
    announce(claim.key for claim in claims)
    return len(claims)


def key_of(fact: int) -> str | None:
    """Whose news a fact is; None when there is no such fact."""
    with connection.cursor() as cursor:
        cursor.execute(SQL["key_of"], {"fact": fact})
        found = cursor.fetchone()
    return found[0] if found else None


def release(fact: int, *, key: str, at: datetime) -> bool:
    """Have a fact that was set aside tried three times again; False when it is not. Hold the key before."""
    with connection.cursor() as cursor:
        cursor.execute(SQL["release"], {"fact": fact, "key": key, "at": at})
        is_released: bool = cursor.rowcount == 1
        cursor.execute("SELECT pg_notify(%s, '')", [WAKE])
    return is_released


def next_due() -> datetime | None:
    """Instant at which the next news is due, or time alone changes something."""
    with connection.cursor() as cursor:
        cursor.execute(SQL["next_due"])
        due_at: datetime | None = cursor.fetchone()[0]
    return due_at


def claims_of(keys: Collection[str]) -> tuple[Claim, ...]:
    """Say how far these keys were handled, without claiming them."""
    return _claims("claims", {"keys": sorted(keys)})


def soonest(*, limit: int, skip: int = 0) -> tuple[Claim, ...]:
    """The customers for whom something happens next, without claiming them."""
    return _claims("soonest", {"limit": limit, "skip": skip})


def lag(until: datetime) -> tuple[int, datetime | None]:
    """Count the keys that are due before an instant, and say since when the oldest waits."""
    with connection.cursor() as cursor:
        cursor.execute(SQL["lag"], {"until": until})
        count, oldest = cursor.fetchone()
    return count, oldest


def _claim(until: datetime, limit: int) -> tuple[Claim, ...]:
    return _claims("claim", {"until": until, "limit": limit})


def _claims(statement: str, values: Mapping[str, datetime | int | list[str]]) -> tuple[Claim, ...]:
    with connection.cursor() as cursor:
        cursor.execute(SQL[statement], values)
        return tuple(_row(*row) for row in cursor.fetchall())


def _row(
    key: str,
    customer: str | None,
    handled_to: datetime | None,
    again_at: datetime | None,
    moving: list[str] | None,
    has_news: bool = True,  # noqa: FBT001, FBT002  # a column that only a claim has
) -> Claim:
    return Claim(
        key=key,
        customer=customer,
        handled_to=handled_to,
        again_at=again_at,
        moving=tuple(moving or ()),
        has_news=has_news,
    )


def _close(claims: Sequence[Claim], again: Mapping[str, Again], until: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            SQL["close"],
            {
                "key": [claim.key for claim in claims],
                "again_at": [again[claim.key].at for claim in claims],
                "wake_at": [again[claim.key].wake_at for claim in claims],
                "moving": ["\n".join(again[claim.key].moving) for claim in claims],
                "handled_to": until - INSTANT,
            },
        )


def _alone(listener: Listener, claim: Claim, until: datetime, owner_of: OwnerOf) -> dict[str, Again]:
    """Handle one key; when it fails, find the fact to blame and try again later, or without it after three times."""
    try:
        with transaction.atomic():
            return dict(listener([claim], until=until, without=NOBODY))
    except Exception as error:  # as above
        fact = _culprit(listener, claim, until)
        if fact is None:
            raise
        log.warning("fact_failed", fact=fact, key=claim.key, error=repr(error))
        attempts = _blame(fact, error, owner_of(claim.customer), until)
        with connection.cursor() as cursor:
            cursor.execute(SQL["retry"], {"key": claim.key, "due_at": until + attempts * PAUSE})
        return {}


def _culprit(listener: Listener, claim: Claim, until: datetime) -> int | None:
    """Find the fact without which the rest can be handled; the newest when none alone is to blame."""
    with connection.cursor() as cursor:
        cursor.execute(SQL["suspects"], {"key": claim.key, "customer": claim.customer, "until": until})
        suspects: list[int] = [fact for (fact,) in cursor.fetchall()]
    for fact in suspects:
        if _works_without(listener, claim, until, fact):
            return fact
    return suspects[0] if suspects else None


def _works_without(listener: Listener, claim: Claim, until: datetime, fact: int) -> bool:
    try:
        with transaction.atomic():
            listener([claim], until=until, without=frozenset({fact}))
            transaction.set_rollback(True)
    except Exception:  # noqa: BLE001  # a trial: whatever happens is undone
        return False
    return True


def _blame(fact: int, error: Exception, owner: str, at: datetime) -> int:
    failure = Failure.objects.filter(fact_id=fact).first() or Failure(fact_id=fact, attempts=0)
    failure.attempts += 1
    failure.reason = f"{type(error).__name__}: {error}"[:500]
    failure.owner = owner
    failure.set_aside_at = at if failure.attempts >= ATTEMPTS else None
    failure.save()
    return 0 if failure.set_aside_at else failure.attempts
