"""Say what came of a promise in somebody's own words."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.facts.record import hold, record
from ligneclaire.facts.stated import Statement
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.kernel.ref import Ref
from ligneclaire.promises.facts import PROMISE_CLOSED
from ligneclaire.promises.models import SpokenPromise
from ligneclaire.promises.queries import spoken
from ligneclaire.promises.rules import SpokenState, kept, moved


@transaction.atomic
def close_promise(
    *, promise: UUID, note: str, moved_to: UUID | None, calendar: Calendar, by: Actor, at: datetime
) -> SpokenState:
    """Close an open promise as done, or as moved to another that the customer was told.

    Either comes too late once its day has passed: then it is broken. Raises `PromiseUnknown` and `PromiseClosed`.
    """
    hold({spoken.by_uuid(promise).customer})
    row = spoken.locked(promise)
    today = calendar.date_of(at)
    if moved_to:
        row.state = moved(due_on=row.due_on, told_on=today)
        row.moved_to = SpokenPromise.objects.get(uuid=moved_to, customer=row.customer)
    else:
        row.state = kept(due_on=row.due_on, done_on=today)
    row.note, row.closed_by, row.closed_at = note, str(by), at
    row.save(update_fields=["state", "moved_to", "note", "closed_by", "closed_at"])
    record([_closed(row, at)], by=by, at=at)
    return SpokenState(row.state)


def _closed(row: SpokenPromise, at: datetime) -> Statement:
    return Statement(
        source="promises",
        source_id=str(row.uuid),
        kind=PROMISE_CLOSED,
        customer=row.customer,
        subject=str(Ref("customer", row.customer)),
        value={"promise": row.text, "due_on": row.due_on.isoformat(), "state": row.state},
        effective=None,
        at=at,
    )
