"""A merged case is one of its own after all."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.cases.actions.note_both import note_both
from ligneclaire.cases.queries import cards, together
from ligneclaire.cases.states import CaseState, Deed
from ligneclaire.facts.news import announce
from ligneclaire.facts.record import hold
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless


class UnmergeUnexplained(Refused):
    """Whoever takes a merge back says why."""


class NotMerged(Refused):
    """The case stands by itself."""


@transaction.atomic
def unmerge_case(*, reference: str, reason: str, by: Actor, at: datetime) -> str:
    """Clear the pointer of a merged case, which then is as it was; return the reference of where it was merged into.

    What was merged into it before stays with it. Where the survivor was closed meanwhile, it is closed too, and can
    be reopened. Raises `CaseUnknown`.
    """
    refuse_unless(by, may=Right.HANDLE_CASES)
    if not reason.strip():
        raise UnmergeUnexplained(case=reference)
    customer = cards.customer_of(reference)
    hold({customer})
    found = together.locked(customer)
    case = found[reference]
    if not case.merged_into_id:
        raise NotMerged(case=reference)
    before = found[case.merged_into_id]
    case.merged_into, case.survivor, case.into_level = None, case, None
    if case.state == CaseState.CLOSED:
        case.snoozed_until = None
    case.save(update_fields=["merged_into", "survivor", "into_level", "snoozed_until"])
    note_both(case=case, deed=Deed.UNMERGED, other=before, echo=Deed.GAVE_BACK, note=reason, by=by, at=at)
    announce([customer])
    return before.reference
