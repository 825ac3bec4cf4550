"""A resource was stated as given, and is somebody else's: nobody loses anything, and whoever asked gets a day."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.cases.actions.take_up_differences import take_up_differences
from ligneclaire.facts.stated import Statement
from ligneclaire.journeys.actions.follow_in_network import DAYS_TO_LOOK, LONGEST
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.calendar import Calendar, DayKind
from ligneclaire.kernel.ref import Ref
from ligneclaire.network.actions.assign_resource import FreeAt, NothingFree, ResourceHeld, assign_resource
from ligneclaire.network.actions.newest_line import newest_line
from ligneclaire.network.actions.open_difference import open_difference
from ligneclaire.network.actions.order_build import order_build
from ligneclaire.network.queries import orders, resources
from ligneclaire.network.states import DifferenceKind

DAYS_TO_BUILD = 30  # working days: practice


@transaction.atomic
def answer_denied(*, statement: Statement, held: ResourceHeld, calendar: Calendar, by: Actor, at: datetime) -> str:
    """Ask first whom it would have hurt; give whoever asked another that is free, or have one built by a day.

    Return which of the two as a part of a sentence; empty for what is at no site, of which there is no other.
    """
    assert statement.customer
    today = calendar.date_of(at)
    if held.held.line:
        open_difference(
            kind=DifferenceKind.GIVEN_AWAY,
            resource=held.held.resource,
            line=held.held.line,
            note=statement.name,
            due_on=calendar.add(today, DAYS_TO_LOOK, DayKind.OUVRE),
            by=by,
            at=at,
        )
        take_up_differences(by=by, at=at)
    card = resources.card(held.held.resource)
    if card is None or not card.site:
        return ""
    line = newest_line(
        contract=Ref.parse(statement.subject).number, customer=statement.customer, by=by, at=statement.at
    )
    try:
        with transaction.atomic():
            choice = FreeAt(site=card.site, kind=card.kind)
            instead = assign_resource(line=line, choice=choice, because=statement.name[:LONGEST], by=by, at=at)
    except NothingFree:
        due_on = calendar.add(today, DAYS_TO_BUILD, DayKind.OUVRE)
        reference = order_build(line=line, site=card.site, kind=card.kind, due_on=due_on, by=by, at=at)
        [ordered] = [one for one in orders.open_of(line) if one.reference == reference]
        return f"one is built by {ordered.due_on.isoformat()}"
    return f"the line has {instead} instead"
