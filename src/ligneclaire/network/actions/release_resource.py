"""Take a resource back from its line."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from psycopg.types.range import TimestamptzRange

from ligneclaire.facts.record import hold, record
from ligneclaire.facts.stated import Statement
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.ref import Ref, uuid7
from ligneclaire.kernel.refusal import Refused
from ligneclaire.network.facts import RELEASED
from ligneclaire.network.models import Assignment
from ligneclaire.network.queries import lines
from ligneclaire.network.queries.lines import LineCard
from ligneclaire.network.states import ResourceKind, Use


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
    row = (
        Assignment.objects.select_for_update()
        .filter(line_id=line, resource_id=resource, during__contains=at, during__upper_inf=True)
        .first()
    )
    if row is None:
        raise NotHeld(line=line, resource=resource)
    kind = ResourceKind(row.kind)
    _end(row, by=by, at=at)
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


def _end(row: Assignment, *, by: Actor, at: datetime) -> None:
    if row.during.lower == at:  # given and taken back in one instant: it was never held
        row.delete()
        return
    row.during = TimestamptzRange(row.during.lower, at)
    row.changed_by, row.changed_at = str(by), at
    row.save()


def _released(line: LineCard, resource: str, kind: ResourceKind, at: datetime) -> Statement:
    return Statement(
        source="network",
        source_id=str(uuid7(at)),
        kind=RELEASED,
        customer=line.customer,
        subject=str(Ref("contract", line.contract)),
        value={"resource": resource, "kind": kind.value, "line": line.code},
        effective=None,
        at=at,
    )
