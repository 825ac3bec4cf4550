"""A visit is over: what was found and done, and what is in use now."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.facts.record import record
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.calendar import Calendar, DayKind
from ligneclaire.kernel.refusal import Refused
from ligneclaire.network.actions.assign_resource import NoSuchLine
from ligneclaire.network.actions.state_use import NothingStated, Stated, state_use
from ligneclaire.network.queries import resources
from ligneclaire.network.states import AT_A_SITE
from ligneclaire.people.queries import operator
from ligneclaire.visits.facts import CLOSED, VISIT_CLOSED
from ligneclaire.visits.locked import locked
from ligneclaire.visits.models import Need, Visit
from ligneclaire.visits.queries import needs
from ligneclaire.visits.states import TO_COME, Purpose, VisitState
from ligneclaire.visits.stating import about, record_of

LOOK_WITHIN = 1
"""Working days in which somebody looks at what another customer would lose."""


class ResultMissing(Refused):
    """What was found and done must be said."""


class SaysBoth(Refused):
    """Something is in use, or there is a reason why nothing is: not both."""


class NoAccess(Refused):
    """A visit leaves a pair, a port or a path in use, not a thing of another kind."""


class NotToCome(Refused):
    """The visit is not booked, or is over already in another way."""


@transaction.atomic
def close_visit(
    *, reference: str, result: str, resource: str = "", none_because: str = "", by: Actor, at: datetime
) -> Stated | None:
    """Close a visit with what it left in use, which the records follow at once, or with the reason why nothing is.

    Where another line has it in the records, that customer's difference is opened first and nothing changes hands.
    A visit that left nothing in use leaves its need open: another time can be chosen.
    Again with the same words changes nothing. Raises `NothingStated` and all that stating a use raises.
    """
    result, resource, none_because = result.strip(), resource.strip().upper(), none_because.strip()
    _check(reference, result, resource, none_because)
    visit = locked(reference)
    if visit.state == VisitState.DONE and _says(visit) == (result, resource, none_because):
        return None
    if visit.state not in TO_COME:
        raise NotToCome(reference=reference, state=visit.state)
    calendar = operator.current().calendar
    stated = _state_use(visit, resource, calendar, by=by, at=at) if resource else None
    visit.state, visit.result = VisitState.DONE, result
    visit.resource_id, visit.none_because = resource or None, none_because
    visit.changed_by, visit.changed_at = str(by), at
    visit.save()
    Visit.objects.filter(need=visit.need, state=VisitState.HELD).delete()
    if resource or visit.need.purpose == Purpose.EQUIPMENT:  # which is no pair, port or path
        Need.objects.filter(pk=visit.need.pk).update(closed_at=at, changed_by=str(by), changed_at=at)
    said = {_kind(resource): resource} if resource else {"none_because": none_because}
    value = {"result": result, **said}
    statements = [
        about(visit.need, CLOSED, record_of(visit, calendar.tz) | value, at=at),
        about(visit.need, VISIT_CLOSED, value, source_id=f"{reference}/closed", at=at),
    ]
    record(statements, by=by, at=at)
    return stated


def _check(reference: str, result: str, resource: str, none_because: str) -> None:
    if not result:
        raise ResultMissing(reference=reference)
    if resource and none_because:
        raise SaysBoth(reference=reference, resource=resource)
    if not resource and not none_because:
        raise NothingStated(reference=reference)
    card = resources.card(resource) if resource else None
    if card and card.kind not in AT_A_SITE:
        raise NoAccess(resource=resource, kind=card.kind)


def _says(visit: Visit) -> tuple[str, str, str]:
    return (visit.result, visit.resource_id or "", visit.none_because)


def _state_use(visit: Visit, resource: str, calendar: Calendar, *, by: Actor, at: datetime) -> Stated:
    look_by = calendar.add(calendar.date_of(at), LOOK_WITHIN, DayKind.OUVRE)
    return state_use(line=_line(visit.need), resource=resource, because=visit.reference, look_by=look_by, by=by, at=at)


def _line(need: Need) -> str:
    """The line of the need; where the records knew none, or it has ended since, the one that the contract has now."""
    if need.line and need.line.until is None:
        return need.line.code
    line = needs.line_for(need.contract, Purpose(need.purpose))
    if line is None:
        raise NoSuchLine(contract=need.contract)
    return line.code


def _kind(resource: str) -> str:
    card = resources.card(resource)
    assert card is not None
    return card.kind.value
