"""Two cases of one customer have to do with each other."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.cases.actions.note_both import note_both
from ligneclaire.cases.models import CaseLink
from ligneclaire.cases.queries import cards, together
from ligneclaire.cases.states import Deed
from ligneclaire.facts.news import announce
from ligneclaire.facts.record import hold
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless


class LinkUnexplained(Refused):
    """Whoever links two cases says what one has to do with the other."""


class LinkedAlready(Refused):
    """The two are linked."""


@transaction.atomic
def link_cases(*, reference: str, other: str, reason: str, by: Actor, at: datetime) -> None:
    """Show two cases on each other, open or closed; both stay what they are. Raises what `together.to_link` raises."""
    refuse_unless(by, may=Right.HANDLE_CASES)
    if not reason.strip():
        raise LinkUnexplained(case=reference)
    customer = cards.customer_of(reference)
    hold({customer})
    found = together.locked({customer})
    together.to_link(reference, other)
    if together.locked_link({reference, other}):
        raise LinkedAlready(case=reference, other=other)
    first, second = sorted((reference, other))
    said = reason.strip()[:500]
    CaseLink.objects.create(customer=customer, first_id=first, second_id=second, reason=said, by=str(by), at=at)
    note_both(case=found[reference], deed=Deed.LINKED, other=found[other], echo=Deed.LINKED, note=reason, by=by, at=at)
    announce([customer])
