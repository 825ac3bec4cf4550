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
    """Open a closed case again, with the owner it had; the same reference leads to it."""
    refuse_unless(by, may=Right.HANDLE_CASES)
    hold({cards.customer_of(reference)})
    case = cards.locked(reference, is_open=False)
    if case.state == CaseState.OPEN:
        raise NotClosed(case=reference)
    other = cards.open_of([case.customer_id]).get((case.customer_id, case.subject))
    if other:
        raise AnotherIsOpen(case=other.reference)
    case.state = CaseState.OPEN
    case.save(update_fields=["state"])
    CaseEvent.objects.create(
        case=case, deed=Deed.REOPENED, note=note.strip()[:500], owner_id=case.owner_id, by=str(by), at=at
    )
    name = f"{case.reference}/opened/{at.isoformat()}"
    told = Event(kind=CASE_OPENED, source="cases", source_id=name, subject=f"{case.customer_id}/{case.reference}")
    offer_events(events=[told], by=by, at=at)
    announce([case.customer_id])
