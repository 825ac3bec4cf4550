"""Write what was promised, and what became of earlier promises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from ligneclaire.hooks.actions.offer_events import Event, offer_events
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.ref import uuid_of
from ligneclaire.promises.models import Promise
from ligneclaire.promises.rules import Pledge, PledgeState


@transaction.atomic
def write_pledges(*, pledges: Mapping[str, Sequence[Pledge]], by: Actor, at: datetime) -> int:
    """Bring the promises of these customers to the state given; those that did not change stay untouched.

    The caller holds the customers. Closed promises are written before new ones, so that one waits at a time.
    """
    rows = [_row(customer, pledge) for customer, made in pledges.items() for pledge in made]
    rows.sort(key=lambda row: row.closed_at is None)
    Promise.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["made_by", "subject", "key", "matter"],
        update_fields=["state", "closed_at"],
    )
    offer_events(events=[_told(row) for row in rows], by=by, at=at)
    return len(rows)


def _told(row: Promise) -> Event:
    """Given, kept, moved, broken or unconfirmed: told once for each promise."""
    word = "given" if row.state == PledgeState.OPEN else str(PledgeState(row.state))
    name = uuid_of("promise", str(row.made_by), row.subject, row.key, str(row.matter), word)
    subject = f"{row.customer}/{row.subject.partition(':')[2]}"
    return Event(kind=f"promises.{word}", source="promises", source_id=str(name), subject=subject)


def _row(customer: str, pledge: Pledge) -> Promise:
    return Promise(
        customer=customer,
        subject=pledge.subject,
        key=pledge.key,
        matter=pledge.matter,
        value=pledge.value,
        due_on=pledge.due_on,
        made_by=pledge.made_by,
        made_at=pledge.made_at,
        state=pledge.state,
        closed_at=pledge.closed_at,
    )
