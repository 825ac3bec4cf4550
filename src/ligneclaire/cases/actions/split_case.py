"""Some of what was said in a case is a matter of its own."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.cases.actions.note_both import note_both
from ligneclaire.cases.models import Case, Placement
from ligneclaire.cases.queries import cards, said
from ligneclaire.cases.states import CaseKind, Deed
from ligneclaire.facts.news import announce
from ligneclaire.facts.record import hold
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.ref import Ref, reference_of
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless


class SplitUnexplained(Refused):
    """Whoever splits a case says what the new one is about."""


class NothingChosen(Refused):
    """A new case begins with at least one entry."""


class NotInTheCase(Refused):
    """An entry is not, or no longer, in the case that is split."""


@transaction.atomic
def split_case(*, reference: str, entries: Collection[UUID], reason: str, by: Actor, at: datetime) -> str:
    """Give entries of an open case a new case of the same customer and owner; return its reference.

    The entries are not copied, and messages stay where their reference leads. Merging the new case into the first
    takes it back. What lies under another number of theirs stays there. Raises `CaseUnknown`, `CaseMerged` and
    `CaseClosed`.
    """
    refuse_unless(by, may=Right.HANDLE_CASES)
    if not reason.strip():
        raise SplitUnexplained(case=reference)
    if not entries:
        raise NothingChosen(case=reference)
    customer = cards.customer_of(reference)
    hold({customer})
    case = cards.locked(reference)
    members = {one.reference for one in cards.in_one(reference)}
    elsewhere = set(entries) - said.uuids_in(members, customers={customer})
    if elsewhere:
        raise NotInTheCase(case=reference, entry=min(elsewhere))
    new = _open(case, sorted(map(str, entries)), at)
    Placement.objects.bulk_create(
        Placement(entry_id=entry, case=new, by=str(by), at=at) for entry in sorted(set(entries))
    )
    note_both(case=case, deed=Deed.SPLIT, other=new, echo=Deed.SPLIT_OFF, note=reason, by=by, at=at)
    announce([customer])
    return new.reference


def _open(case: Case, entries: Collection[str], at: datetime) -> Case:
    reference, salt = "", 0
    while not reference or Case.objects.filter(reference=reference).exists():
        reference, salt = reference_of("split", case.reference, *entries, salt=salt), salt + 1
    return Case.objects.create(
        reference=reference,
        customer_id=case.customer_id,
        subject=str(Ref("case", reference)),
        kind=CaseKind.CONVERSATION,
        owner_id=case.owner_id,
        opened_at=at,
        survivor_id=reference,
    )
