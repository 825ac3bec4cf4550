"""A merged case is one of its own after all."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.cases import stating
from ligneclaire.cases.actions.merge_cases import POINTERS
from ligneclaire.cases.actions.note_both import note_both
from ligneclaire.cases.queries import cards, together
from ligneclaire.cases.states import CaseState, Deed
from ligneclaire.facts.news import announce
from ligneclaire.facts.record import hold, record
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.people.queries import numbers


class UnmergeUnexplained(Refused):
    """Whoever takes a merge back says why."""


class NotMerged(Refused):
    """The case stands by itself."""


@transaction.atomic
def unmerge_case(*, reference: str, reason: str, by: Actor, at: datetime) -> str:
    """Clear the pointer of a merged case, which then is as it was; return the reference of where it was merged into.

    What was merged into it before stays with it. Where the survivor was closed meanwhile, it is closed too, and can
    be reopened. Who heard of the merge hears that too; who would have heard hears nothing. Raises `CaseUnknown`.
    """
    refuse_unless(by, may=Right.HANDLE_CASES)
    if not reason.strip():
        raise UnmergeUnexplained(case=reference)
    theirs = numbers.of(cards.customer_of(reference))
    hold(theirs)
    found = together.locked(theirs)
    case = found[reference]
    if not case.merged_into_id:
        raise NotMerged(case=reference)
    before, merged_at = found[case.merged_into_id], together.told_merge_of(reference)
    case.merged_into, case.survivor, case.into_level = None, case, None
    case.into_customer = case.into_person = None
    if case.state == CaseState.CLOSED:
        case.snoozed_until = None
    case.save(update_fields=[*POINTERS, "snoozed_until"])
    note_both(case=case, deed=Deed.UNMERGED, other=before, echo=Deed.GAVE_BACK, note=reason, by=by, at=at)
    if merged_at:
        record([stating.separated(case, merged_at=merged_at, at=at)], by=by, at=at)
    announce({case.customer_id, before.customer_id})
    return before.reference
