"""Two cases have nothing to do with each other after all."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.cases.actions.note_both import note_both
from ligneclaire.cases.queries import cards, together
from ligneclaire.cases.states import Deed
from ligneclaire.facts.news import announce
from ligneclaire.facts.record import hold
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless


class UnlinkUnexplained(Refused):
    """Whoever takes a link away says why."""


class NotLinked(Refused):
    """There is no link between the two."""


@transaction.atomic
def unlink_cases(*, reference: str, other: str, reason: str, by: Actor, at: datetime) -> None:
    """Take the link between two cases away; that there was one stays in the history of both. Raises `CaseUnknown`."""
    refuse_unless(by, may=Right.HANDLE_CASES)
    if not reason.strip():
        raise UnlinkUnexplained(case=reference)
    customer = cards.customer_of(reference)
    hold({customer})
    found = together.locked({customer})
    link = together.locked_link({reference, other})
    if link is None:
        raise NotLinked(case=reference, other=other)
    link.delete()
    note_both(
        case=found[reference], deed=Deed.UNLINKED, other=found[other], echo=Deed.UNLINKED, note=reason, by=by, at=at
    )
    announce([customer])
