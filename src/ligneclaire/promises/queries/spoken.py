"""What people promised customers in their own words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import F, QuerySet

from ligneclaire.kernel.refusal import Refused
from ligneclaire.promises.models import SpokenPromise
from ligneclaire.promises.rules import SpokenState


class PromiseUnknown(Refused):
    """There is no promise with this identifier."""


class PromiseClosed(Refused):
    """Somebody has said already what came of this promise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenCard:
    """A promise in somebody's own words."""

    uuid: UUID
    customer: str
    text: str
    due_on: date
    at_time: time | None
    owner: str
    owner_name: str
    made_at: datetime
    state: str
    note: str
    moved_to: date | None


def of(customers: Collection[str], *, limit: int) -> tuple[SpokenCard, ...]:
    """The promises made under these numbers of a person: the open ones by their day, then those that closed last."""
    rows = (
        _rows()
        .filter(customer__in=customers)
        .order_by(F("closed_at").desc(nulls_first=True), "due_on", "due_time", "id")
    )
    return tuple(_card(row) for row in rows[:limit])


def by_uuid(promise: UUID) -> SpokenCard:
    """One promise."""
    row = _rows().filter(uuid=promise).first()
    if row is None:
        raise PromiseUnknown(promise=promise)
    return _card(row)


def given_in(entry: UUID) -> UUID:
    """The promise that an entry or a message made."""
    return SpokenPromise.objects.get(made_in=entry).uuid


def locked(promise: UUID) -> SpokenPromise:
    """An open promise, which nobody else closes until the transaction ends."""
    row = SpokenPromise.objects.select_for_update().get(uuid=promise)
    if row.state != SpokenState.OPEN:
        raise PromiseClosed(promise=promise, state=row.state)
    return row


def _rows() -> QuerySet[SpokenPromise]:
    return SpokenPromise.objects.select_related("owner", "moved_to")


def _card(row: SpokenPromise) -> SpokenCard:
    return SpokenCard(
        uuid=row.uuid,
        customer=row.customer,
        text=row.text,
        due_on=row.due_on,
        at_time=row.due_time,
        owner=row.owner_id,
        owner_name=row.owner.name,
        made_at=row.made_at,
        state=row.state,
        note=row.note,
        moved_to=row.moved_to.due_on if row.moved_to else None,
    )
