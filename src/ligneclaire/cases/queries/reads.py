"""Who read customers' records, and who read too many."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection
from django.db.models import Exists, OuterRef

from ligneclaire.cases.models import Read
from ligneclaire.cases.rules.reading import ALARM_AT, ALARM_SHOWN
from ligneclaire.cases.states import Basis, OccasionKind, ReadPage
from ligneclaire.facts.sql import named

SQL = named(Path(__file__).with_suffix(".sql"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCard:
    """A page of a record that was read: by whom, on which basis, and for which matter or on which occasion."""

    at: datetime
    page: ReadPage
    contract: str
    adviser: str
    adviser_name: str
    basis: Basis
    matter: str
    occasion: OccasionKind | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """An adviser who opened very many customers within an hour without a matter in hand: how many at most, and when."""

    adviser: str
    adviser_name: str
    customers: int
    at: datetime


def of(customers: Collection[str], *, limit: int, skip: int = 0) -> tuple[ReadCard, ...]:
    """Who read the record of a person with these numbers, newest first; what is logged for several of them once."""
    theirs = Read.objects.filter(customer__number__in=customers)
    once = {name: OuterRef(name) for name in ("at", "adviser", "page", "contract", "basis")}
    rows = theirs.exclude(Exists(theirs.filter(**once, id__lt=OuterRef("id")))).select_related("adviser", "occasion")
    return tuple(_card(row) for row in rows.order_by("-at", "-id")[skip : skip + limit])


def alarms(*, at: datetime) -> tuple[Alarm, ...]:
    """The alarms of the last days, newest first; a page opened again within its quarter counts when it was first."""
    with connection.cursor() as cursor:
        cursor.execute(SQL["alarms"], {"since": at - ALARM_SHOWN, "until": at, "most": ALARM_AT})
        return tuple(
            Alarm(adviser=adviser, adviser_name=name, customers=customers, at=reached)
            for adviser, name, customers, reached in cursor.fetchall()
        )


def _card(row: Read) -> ReadCard:
    return ReadCard(
        at=row.at,
        page=ReadPage(row.page),
        contract=row.contract,
        adviser=row.adviser_id,
        adviser_name=row.adviser.name,
        basis=Basis(row.basis),
        matter=row.matter,
        occasion=OccasionKind(row.occasion.kind) if row.occasion else None,
        words=row.occasion.words if row.occasion else "",
    )
