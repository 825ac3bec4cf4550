"""A case is settled."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.cases.facts import CASE_CLOSED
from ligneclaire.cases.models import Case, CaseEvent, Question
from ligneclaire.cases.queries import cards, said
from ligneclaire.cases.states import CaseState, Deed, QuestionState
from ligneclaire.facts.news import announce
from ligneclaire.facts.record import hold
from ligneclaire.flow.queries import steps
from ligneclaire.hooks.actions.offer_events import Event, offer_events
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless


class NoteMissing(Refused):
    """Whoever closes a case says how it was settled."""


class NotSettled(Refused):
    """Something of the case is still open: `what` is a question, a plan, or what the customer wrote."""


@transaction.atomic
def close_case(*, reference: str, note: str, by: Actor, at: datetime) -> None:
    """Close an open case, and all that is merged into it, when nothing of it waits any more.

    Raises `CaseClosed` and `CaseMerged`.
    """
    refuse_unless(by, may=Right.HANDLE_CASES)
    if not note.strip():
        raise NoteMissing(case=reference)
    customers = {cards.customer_of(reference), *(one.customer for one in cards.in_one(reference))}
    hold(customers)
    case = cards.locked(reference)
    what = _still_open(case)
    if what:
        raise NotSettled(case=reference, what=what)
    case.state, case.snoozed_until = CaseState.CLOSED, None
    case.save(update_fields=["state", "snoozed_until"])
    CaseEvent.objects.create(
        case=case, deed=Deed.CLOSED, note=note.strip()[:500], owner_id=case.owner_id, by=str(by), at=at
    )
    name = f"{case.reference}/closed/{at.isoformat()}"
    told = Event(kind=CASE_CLOSED, source="cases", source_id=name, subject=f"{case.customer_id}/{case.reference}")
    offer_events(events=[told], by=by, at=at)
    announce(customers)


def _still_open(case: Case) -> str:
    if Question.objects.filter(case__survivor=case, state=QuestionState.OPEN).exists():
        return "question"
    members = cards.in_one(case.reference)
    if steps.is_any_open({one.subject for one in members}):
        return "plan"
    references, customers = {one.reference for one in members}, {one.customer for one in members}
    return "entry" if said.is_any_waiting(references, customers=customers) else ""
