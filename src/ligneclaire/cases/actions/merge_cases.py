"""Two cases turn out to be one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.cases import stating
from ligneclaire.cases.actions.note_both import note_both
from ligneclaire.cases.queries import cards, together
from ligneclaire.cases.states import Deed
from ligneclaire.facts.news import announce
from ligneclaire.facts.record import hold, record
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.people.queries import numbers

POINTERS = ("merged_into", "survivor", "into_level", "into_customer", "into_person")


class MergeUnexplained(Refused):
    """Whoever merges two cases says why."""


@transaction.atomic
def merge_cases(*, reference: str, into: str, reason: str, by: Actor, at: datetime) -> str:
    """Let an open case point to another, where it is handled from then on; return the reference of the survivor.

    Both are of one person, under whichever of their numbers. Nothing is copied, and `unmerge_case` takes it back. What
    is merged itself stands for its survivor. Who was told the reference hears which one counts from then on.
    Raises what `together.to_merge` raises.
    """
    refuse_unless(by, may=Right.HANDLE_CASES)
    if not reason.strip():
        raise MergeUnexplained(case=reference)
    theirs = numbers.of(cards.customer_of(reference))
    hold(theirs)
    found = together.locked(theirs)
    _, last = together.to_merge(reference, into)
    case, survivor, is_told = found[reference], found[last.reference], together.is_told(reference)
    if survivor.level <= case.level:
        survivor.level = case.level + 1
        survivor.save(update_fields=["level"])
    case.merged_into, case.survivor, case.into_level = survivor, survivor, survivor.level
    case.into_customer_id, case.into_person_id = survivor.customer_id, theirs[0]
    case.save(update_fields=POINTERS)
    note_both(case=case, deed=Deed.MERGED, other=survivor, echo=Deed.TOOK_IN, note=reason, by=by, at=at)
    if is_told:
        record([stating.merged(case, into=survivor.reference, at=at)], by=by, at=at)
    announce({case.customer_id, survivor.customer_id})
    return survivor.reference
