"""Another adviser becomes the one who answers for a case."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.cases.models import CaseEvent
from ligneclaire.cases.queries import cards
from ligneclaire.cases.states import Deed
from ligneclaire.facts.news import announce
from ligneclaire.facts.record import hold
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.people.queries import advisers


class NoteMissing(Refused):
    """Whoever hands a case over says to the colleague what there is to know."""


class AlreadyTheirs(Refused):
    """The case is that adviser's already."""


@transaction.atomic
def hand_over_case(*, reference: str, to: str, note: str, by: Actor, at: datetime) -> None:
    """Give an open case to another adviser, in whose sight it is at once; raises `AdviserUnknown` and `CaseClosed`."""
    refuse_unless(by, may=Right.HANDLE_CASES)
    if not note.strip():
        raise NoteMissing(case=reference)
    hold({cards.customer_of(reference)})
    case = cards.locked(reference)
    owner = advisers.locked(to)
    if case.owner_id == owner.number:
        raise AlreadyTheirs(case=reference, owner=to)
    case.owner, case.snoozed_until = owner, None
    case.save(update_fields=["owner", "snoozed_until"])
    CaseEvent.objects.create(case=case, deed=Deed.HANDED_OVER, note=note.strip()[:500], owner=owner, by=str(by), at=at)
    announce([case.customer_id])
