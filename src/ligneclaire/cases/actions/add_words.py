"""A department's system adds to a case that it brought what the customer said further."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from ligneclaire.cases.actions.log_entry import log_entry
from ligneclaire.cases.queries import brought
from ligneclaire.cases.queries.brought import BroughtCard
from ligneclaire.channels.actions.record_entry import Said
from ligneclaire.channels.queries import entries
from ligneclaire.channels.states import Direction, Medium
from ligneclaire.facts.record import hold
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.ref import Ref, uuid_of
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless


class SaidOtherwise(Refused):
    """The department added another text under this name: `there` and `here` are both."""


@transaction.atomic
def add_words(*, reference: str, words: Sequence[tuple[str, str]], by: Actor, at: datetime) -> int:
    """Put further entries into the thread, each once for its name, all or none; return how many are new.

    They come by the way by which the case came. Raises `CaseUnknown` where the department brought no such case.
    """
    refuse_unless(by, may=Right.BRING_CASES)
    card = brought.one(reference, department=by.number)
    hold({card.customer})
    return sum(_add(card, name, text, by, at) for name, text in words)


def _add(card: BroughtCard, name: str, text: str, by: Actor, at: datetime) -> bool:
    entry = uuid_of("brought words", card.reference, name)
    said = Said(
        customer=card.customer,
        case=card.reference,
        medium=Medium(card.medium),
        direction=Direction.IN,
        text=text,
        happened_at=at,
    )
    if log_entry(entry=entry, said=said, subject=str(Ref("case", card.reference)), by=by, at=at):
        return True
    kept = entries.by_uuid(entry).text
    if kept != text:
        raise SaidOtherwise(case=card.reference, name=name, there=kept, here=text)
    return False
