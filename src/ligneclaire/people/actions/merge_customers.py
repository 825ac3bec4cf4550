"""Two numbers turn out to be one person."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.facts.record import hold
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.people.actions.record_merge import record_merge
from ligneclaire.people.models import Session
from ligneclaire.people.queries import merging, numbers
from ligneclaire.people.states import MergeDeed


class MergeUnexplained(Refused):
    """Whoever merges two numbers says why."""


class ChangedMeanwhile(Refused):
    """One of the two is not any more as whoever merges them saw it."""


@transaction.atomic
def merge_customers(*, number: str, into: str, seen: str, reason: str, by: Actor, at: datetime) -> str:
    """Let a number point to another of the same person, who is meant by both from then on; return the survivor's.

    Nothing is copied, and `unmerge_customer` takes it back. Who was signed in under the number signs in again: they
    did so to see less. `seen` is the mark of what whoever merges has looked at.
    Raises what `merging.to_merge` raises.
    """
    refuse_unless(by, may=Right.MERGE_CUSTOMERS)
    if not reason.strip():
        raise MergeUnexplained(customer=number)
    numbers.merge_alone()
    both = {*numbers.of(number), *numbers.of(into)}
    hold(both)
    found = numbers.locked(both)
    pair = merging.to_merge(number, into)
    if pair.mark != seen:
        raise ChangedMeanwhile(customer=number, into=pair.survivor.number)
    merged, survivor = found[number], found[pair.survivor.number]
    Session.objects.filter(customer__survivor__number=merged.number, ended_at=None).update(ended_at=at)
    survivor.level = max(survivor.level, merged.level + 1)
    survivor.save(update_fields=["level"])
    merged.merged_into, merged.survivor, merged.into_level = survivor, survivor, survivor.level
    merged.changed_by, merged.changed_at = str(by), at
    merged.save(update_fields=["merged_into", "survivor", "into_level", "changed_by", "changed_at"])
    meant = dict.fromkeys(both, survivor.number)
    record_merge(deed=MergeDeed.MERGED, number=number, other=survivor.number, meant=meant, reason=reason, by=by, at=at)
    return survivor.number
