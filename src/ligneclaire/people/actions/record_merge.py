"""Keep what was done with two numbers, and tell everybody whom it concerns who is meant from then on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from ligneclaire.facts.record import record
from ligneclaire.facts.stated import Statement
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.ref import Ref, uuid7
from ligneclaire.people.facts import CUSTOMER_MERGED, CUSTOMER_UNMERGED
from ligneclaire.people.models import MergeEvent
from ligneclaire.people.states import MergeDeed

KINDS = {MergeDeed.MERGED: CUSTOMER_MERGED, MergeDeed.UNMERGED: CUSTOMER_UNMERGED}


def record_merge(
    *, deed: MergeDeed, number: str, other: str, meant: Mapping[str, str], reason: str, by: Actor, at: datetime
) -> None:
    """Write it down with its reason, and a fact for each number with who is meant by it; the caller holds them all."""
    event = uuid7(at)
    MergeEvent.objects.create(
        uuid=event, customer_id=number, other_id=other, deed=deed, reason=reason, by=str(by), at=at
    )
    facts = [
        Statement(
            source="people",
            source_id=f"{deed}/{event}/{own}",
            kind=KINDS[deed],
            customer=own,
            subject=str(Ref("customer", own)),
            value={"number": number, "other": other, "survivor": meant[own]},
            effective=None,
            at=at,
        )
        for own in sorted(meant)
    ]
    record(facts, by=by, at=at)
