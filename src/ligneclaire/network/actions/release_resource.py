"""Take a resource back from its line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from psycopg.types.range import TimestamptzRange

from ligneclaire.facts.record import hold, record
from ligneclaire.facts.stated import Statement
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.network.actions.end_assignment import end_assignment
from ligneclaire.network.facts import RELEASED
from ligneclaire.network.models import Assignment, Resource
from ligneclaire.network.queries import lines
from ligneclaire.network.queries.lines import LineCard
from ligneclaire.network.states import ResourceKind, Use
from ligneclaire.network.stating import about_line


class NotHeld(Refused):
    """The line does not have this resource."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantine:
    """Nobody else has the number before an instant (TER-23)."""

    until: datetime


class TakenAlong:
    """The number is in use at another operator: nobody else has it until somebody says that it is free again."""


Rest = Quarantine | TakenAlong


@transaction.atomic
def release_resource(
    *, line: str, resource: str, because: str, number_rests: Rest | None = None, by: Actor, at: datetime
) -> None:
    """End a holding now; a number whose contract ends stays out of reach of others (TER-23), all else is free."""
    card = lines.card(line)
    if card is None:
        raise NotHeld(line=line, resource=resource)
    hold({card.customer})
    kind = end_assignment(resource=resource, line=line, by=by, at=at)
    if kind is None:
        raise NotHeld(line=line, resource=resource)
    if number_rests and kind is ResourceKind.NUMBER:
        _rest(resource, number_rests, because, by, at)
    record([_released(card, resource, kind, at)], by=by, at=at)


def _rest(number: str, rests: Rest, because: str, by: Actor, at: datetime) -> None:
    until = rests.until if isinstance(rests, Quarantine) else None
    Assignment.objects.create(
        resource_id=number,
        kind=ResourceKind.NUMBER,
        use=Use.QUARANTINE if until else Use.TAKEN,
        during=TimestamptzRange(at, until),
        because=because,
        changed_by=str(by),
        changed_at=at,
    )
    Resource.objects.filter(code=number).update(is_held=until is None)


def _released(line: LineCard, resource: str, kind: ResourceKind, at: datetime) -> Statement:
    value = {"resource": resource, "kind": kind.value, "line": line.code}
    return about_line(RELEASED, customer=line.customer, contract=line.contract, value=value, at=at)
