"""A merged number is another person's after all."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.facts.record import hold
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.people.actions.record_merge import record_merge
from ligneclaire.people.queries import numbers
from ligneclaire.people.queries.numbers import CustomerUnknown
from ligneclaire.people.states import MergeDeed


class UnmergeUnexplained(Refused):
    """Whoever takes a merge back says why."""


class NotMerged(Refused):
    """The number stands by itself."""


@transaction.atomic
def unmerge_customer(*, number: str, reason: str, by: Actor, at: datetime) -> str:
    """Clear the pointer of a merged number, which is its own again; return whose it was until then.

    What was merged into it before stays with it, and what was recorded meanwhile stays where it was recorded.
    """
    refuse_unless(by, may=Right.MERGE_CUSTOMERS)
    if not reason.strip():
        raise UnmergeUnexplained(customer=number)
    numbers.merge_alone()
    all_of_them = numbers.of(number)
    if not all_of_them:
        raise CustomerUnknown(customer=number)
    hold(all_of_them)
    row = numbers.locked(all_of_them)[number]
    if row.merged_into_id is None:
        raise NotMerged(customer=number)
    before, survivor = row.merged_into_id, row.survivor_id
    row.merged_into, row.survivor, row.into_level = None, row, None
    row.changed_by, row.changed_at = str(by), at
    row.save(update_fields=["merged_into", "survivor", "into_level", "changed_by", "changed_at"])
    meant = numbers.survivors(all_of_them)
    record_merge(deed=MergeDeed.UNMERGED, number=number, other=before, meant=meant, reason=reason, by=by, at=at)
    return survivor
