"""A merged number is another person's after all, and none of its cases is handled in one of theirs."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.cases.queries import together
from ligneclaire.facts.record import hold
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.people.actions.unmerge_customer import unmerge_customer
from ligneclaire.people.queries import numbers


class CasesMerged(Refused):
    """Cases of the two are merged: `cases` are to be separated first, so that each is handled by who knows it."""


@transaction.atomic
def separate_customer(*, number: str, reason: str, by: Actor, at: datetime) -> str:
    """Take the merge of a number back unless cases are merged across it; return whose it was until then.

    Raises what `unmerge_customer` raises.
    """
    refuse_unless(by, may=Right.MERGE_CUSTOMERS)
    numbers.merge_alone()
    hold(numbers.of(number))
    if across := together.across(number):
        raise CasesMerged(customer=number, cases=", ".join(card.reference for card in across))
    return unmerge_customer(number=number, reason=reason, by=by, at=at)
