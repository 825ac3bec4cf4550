"""A case rests until a day."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from ligneclaire.cases.models import CaseEvent
from ligneclaire.cases.queries import cards
from ligneclaire.cases.states import Deed
from ligneclaire.facts.news import announce
from ligneclaire.facts.record import hold
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless


class SnoozedForThePast(Refused):
    """A case rests until a day that lies ahead."""


@transaction.atomic
def snooze_case(*, reference: str, until: date, note: str, today: date, by: Actor, at: datetime) -> None:
    """Take an open case out of its owner's sight until a day; raises `CaseClosed`."""
    refuse_unless(by, may=Right.HANDLE_CASES)
    if until <= today:
        raise SnoozedForThePast(until=until, today=today)
    hold({cards.customer_of(reference)})
    case = cards.locked(reference)
    case.snoozed_until = until
    case.save(update_fields=["snoozed_until"])
    CaseEvent.objects.create(
        case=case,
        deed=Deed.SNOOZED,
        note=note.strip()[:500],
        owner_id=case.owner_id,
        until=until,
        by=str(by),
        at=at,
    )
    announce([case.customer_id])
