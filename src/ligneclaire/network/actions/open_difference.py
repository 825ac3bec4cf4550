"""Write down that the records and what somebody saw disagree, with an owner and a day."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.facts.record import hold
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.ref import uuid7
from ligneclaire.network.models import Difference
from ligneclaire.network.queries import lines
from ligneclaire.network.states import DifferenceKind, DifferenceState
from ligneclaire.people.queries import owners


@transaction.atomic
def open_difference(
    *,
    kind: DifferenceKind,
    resource: str,
    line: str,
    number: str = "",
    note: str,
    due_on: date,
    by: Actor,  # every action names them
    at: datetime,
) -> UUID:
    """Return the open difference of this kind about a resource, opened where there was none."""
    card = lines.card(line)
    customer = card.customer if card else ""
    hold({customer} if customer else set())
    known = Difference.objects.filter(kind=kind, resource=resource, number=number, state=DifferenceState.OPEN).first()
    if known:
        return known.uuid
    row = Difference.objects.create(
        uuid=uuid7(at),
        kind=kind,
        resource=resource,
        number=number,
        line_id=line or None,
        customer=customer,
        owner_id=owners.of_news(customer or None),
        due_on=due_on,
        found_at=at,
        note=note,
    )
    return row.uuid
