"""An adviser says what brings them to a customer's record when no matter in hand does."""

from __future__ import annotations

from datetime import date, datetime

from ligneclaire.cases.models import Occasion
from ligneclaire.cases.rules.reading import LONGEST
from ligneclaire.cases.states import OccasionKind
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless


class OccasionUnexplained(Refused):
    """Another occasion than those that have a name needs words, which the customer can read."""


def name_occasion(
    *, customer: str, kind: OccasionKind, words: str, day: date, by: Actor, at: datetime
) -> tuple[OccasionKind, str]:
    """Keep what brings an adviser to a customer on a day; what was said first that day stays, and is returned."""
    refuse_unless(by, may=Right.READ_RECORDS)
    said = " ".join(words.split())[:LONGEST]
    if kind is OccasionKind.OTHER and not said:
        raise OccasionUnexplained(customer=customer)
    row, _ = Occasion.objects.get_or_create(
        customer_id=customer,
        adviser_id=by.number,
        day=day,
        defaults={"kind": kind, "words": said, "said_at": at},
    )
    return OccasionKind(row.kind), row.words
