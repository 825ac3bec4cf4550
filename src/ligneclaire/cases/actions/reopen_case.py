"""A case was not settled after all."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.cases.facts import CASE_OPENED
from ligneclaire.cases.models import CaseEvent
from ligneclaire.cases.queries import cards
from ligneclaire.cases.states import CaseState, Deed
from ligneclaire.facts.news import announce
from ligneclaire.facts.record import hold
from ligneclaire.hooks.actions.offer_events import Event, offer_events
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless


class NotClosed(Refused):
    """The case is open."""


class AnotherIsOpen(Refused):
    """The same matter has an open case already: `case` is its reference."""


@transaction.atomic
def reopen_case(*, reference: str, note: str, by: Actor, at: datetime) -> None:
    """Open a closed case again, and all that is merged into it, with the owner it had.

    The same reference leads to it. Raises `CaseMerged`.
    """
    refuse_unless(by, may=Right.HANDLE_CASES)
    customers = {cards.customer_of(reference), *(one.customer for one in cards.in_one(reference))}
    hold(customers)
    case = cards.locked(reference, is_open=False)
    if case.state == CaseState.OPEN:
        raise NotClosed(case=reference)
    matters = {(one.customer, one.subject) for one in cards.in_one(reference)}
    others = [one for matter, one in cards.open_of(customers).items() if matter in matters]
    if others:
        raise AnotherIsOpen(case=others[0].survivor)
    case.state = CaseState.OPEN
    case.save(update_fields=["state"])
    CaseEvent.objects.create(
        case=case, deed=Deed.REOPENED, note=note.strip()[:500], owner_id=case.owner_id, by=str(by), at=at
    )
    name = f"{case.reference}/opened/{at.isoformat()}"
    told = Event(kind=CASE_OPENED, source="cases", source_id=name, subject=f"{case.customer_id}/{case.reference}")
    offer_events(events=[told], by=by, at=at)
    announce(customers)
