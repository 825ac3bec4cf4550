"""Take a resource back from its line."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from psycopg.types.range import TimestamptzRange

from ligneclaire.facts.record import hold, record
from ligneclaire.facts.stated import Statement
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.network.actions.end_assignment import end_assignment
from ligneclaire.network.facts import RELEASED
from ligneclaire.network.models import Assignment
from ligneclaire.network.queries import lines
from ligneclaire.network.queries.lines import LineCard
from ligneclaire.network.states import ResourceKind, Use
from ligneclaire.network.stating import about_line


class NotHeld(Refused):
    """The line does not have this resource."""


@transaction.atomic
def release_resource(
    *, line: str, resource: str, because: str, quarantined_until: datetime | None = None, by: Actor, at: datetime
) -> None:
    """End a holding now; a number whose contract ends stays out of reach of others until an instant (TER-23)."""
    card = lines.card(line)
    if card is None:
        raise NotHeld(line=line, resource=resource)
    hold({card.customer})
    kind = end_assignment(resource=resource, line=line, by=by, at=at)
    if kind is None:
        raise NotHeld(line=line, resource=resource)
    if quarantined_until and kind is ResourceKind.NUMBER:
        Assignment.objects.create(
            resource_id=resource,
            kind=kind,
            use=Use.QUARANTINE,
            during=TimestamptzRange(at, quarantined_until),
            because=because,
            changed_by=str(by),
            changed_at=at,
        )
    record([_released(card, resource, kind, at)], by=by, at=at)


def _released(line: LineCard, resource: str, kind: ResourceKind, at: datetime) -> Statement:
    value = {"resource": resource, "kind": kind.value, "line": line.code}
    return about_line(RELEASED, customer=line.customer, contract=line.contract, value=value, at=at)
