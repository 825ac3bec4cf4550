"""What a department states of a line becomes true in the records of the network, or is refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ligneclaire.cases.actions.take_up_differences import take_up_differences
from ligneclaire.facts.stated import Statement
from ligneclaire.journeys.effects_of_moving import Matter, ask_elsewhere
from ligneclaire.journeys.plans import new_line
from ligneclaire.journeys.plans.line import NEW_LINE
from ligneclaire.journeys.plans.move_home import MOVE_HOME
from ligneclaire.journeys.plans.proofs import CLOSED, LEFT_IN_USE, MOVE
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.calendar import Calendar, DayKind
from ligneclaire.kernel.ref import Ref
from ligneclaire.kernel.refusal import Refused
from ligneclaire.network.actions.assign_resource import (
    LineHasOne,
    Named,
    ResourceHeld,
    assign_resource,
)
from ligneclaire.network.actions.newest_line import newest_line
from ligneclaire.network.actions.open_line import open_line
from ligneclaire.network.actions.state_use import state_use
from ligneclaire.network.queries import resources
from ligneclaire.network.states import Use

ASSIGNED = "pair.assigned"
PLACES = {MOVE: "to", NEW_LINE: "address"}
PLANS = {MOVE: MOVE_HOME.kind, NEW_LINE: new_line.NEW_LINE.kind}
FOLLOWED = frozenset({ASSIGNED, CLOSED, *PLACES})
ONE_HOLDER, ONE_OF_A_KIND = "resource_has_one_holder", "line_has_one_of_a_kind"
WHOSE = {Use.TAKEN: "in use by somebody whom the records do not name", Use.QUARANTINE: "at rest after its contract"}
LONGEST = 200
DAYS_TO_LOOK = 1  # working day, to look at what somebody may lose


@dataclass(frozen=True, slots=True, kw_only=True)
class Denied:
    """Why a statement cannot be true: which field, in words, and the constraint of the database that says no."""

    field: str
    reason: str
    constraint: str = ""
    held: ResourceHeld | None = None


@transaction.atomic
def follow_in_network(*, statement: Statement, calendar: Calendar, by: Actor, at: datetime) -> Denied | None:
    """Open the line that is asked for, give the pair that was assigned, correct the records to what a visit found."""
    value = statement.value
    assert isinstance(value, dict)  # the door takes no other, and none without a contract
    assert statement.customer
    if statement.kind in PLACES:
        place = str(value.get(PLACES[statement.kind]) or "")
        contract = Ref.parse(statement.subject).number
        line = open_line(contract=contract, customer=statement.customer, place=place, by=by, at=statement.at)
        kind, subject = PLANS[statement.kind], statement.subject
        matter = Matter(kind=kind, subject=subject, customer=statement.customer, at=at, calendar=calendar)
        ask_elsewhere(matter, line=line)
        return None
    stated = ("pair",) if statement.kind == ASSIGNED else LEFT_IN_USE
    named = next(((field, str(value[field])) for field in stated if value.get(field)), None)
    try:
        if named:
            _use(statement, named[1], calendar, by, at)
    except Refused as refused:
        assert named
        return _denied(*named, refused, calendar)
    return None


@transaction.atomic
def _use(statement: Statement, resource: str, calendar: Calendar, by: Actor, at: datetime) -> None:
    """Whoever else would lose something by it is asked first, in a case of theirs."""
    assert statement.customer
    because = statement.name[:LONGEST]
    contract = Ref.parse(statement.subject).number
    if statement.kind == CLOSED and _is_theirs(resource, contract):
        return  # as the records say, on whichever line of theirs it was
    line = newest_line(contract=contract, customer=statement.customer, by=by, at=statement.at)
    if statement.kind == ASSIGNED:
        _give(line, resource, because, by, at)
        return
    look_by = calendar.add(calendar.date_of(at), DAYS_TO_LOOK, DayKind.OUVRE)
    stated = state_use(line=line, resource=resource, because=because, look_by=look_by, by=by, at=at)
    if stated.difference:
        take_up_differences(by=by, at=at)


def _is_theirs(resource: str, contract: str) -> bool:
    card = resources.card(resource)
    return card is not None and card.holding is not None and card.holding.contract == contract


def _give(line: str, resource: str, because: str, by: Actor, at: datetime) -> None:
    """Whose it is comes before what the line has: the answer stays the same once the line got another instead."""
    try:
        assign_resource(line=line, choice=Named(resource=resource), because=because, by=by, at=at)
    except LineHasOne:
        card = resources.card(resource)
        if card is None or card.holding is None:
            raise
        raise ResourceHeld(card.holding) from None


def _denied(field: str, resource: str, refused: Refused, calendar: Calendar) -> Denied:
    field = f"data.{field}"
    if isinstance(refused, ResourceHeld):
        held = refused.held
        whose = f"in use by {held.contract} of {held.customer}" if held.contract else WHOSE[held.use]
        since = calendar.date_of(held.since).isoformat()
        reason = f"{resource} is {whose} since {since}; it is not given twice"
        return Denied(field=field, reason=reason, constraint=ONE_HOLDER, held=refused)
    if isinstance(refused, LineHasOne):
        reason = f"the line has {refused.values['has']} already, which must be released first"
        return Denied(field=field, reason=reason, constraint=ONE_OF_A_KIND)
    return Denied(field=field, reason=f"{resource}: {refused.code.replace('_', ' ')}")
