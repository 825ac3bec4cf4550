"""Try a fact again that was set aside."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.facts.delivery import key_of, release
from ligneclaire.facts.news import announce
from ligneclaire.facts.record import hold
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.voice.models import Deed, Inspection


class NotSetAside(Refused):
    """The fact is not set aside, or somebody had it tried again already."""


@transaction.atomic
def release_fact(*, fact: int, note: str, by: Actor, at: datetime) -> None:
    """Have the voice look at the fact as if it had never failed; after three more failures it is set aside anew."""
    refuse_unless(by, may=Right.MEND)
    key = key_of(fact)
    if key is None:
        raise NotSetAside(fact=fact)
    hold([key])
    if not release(fact, key=key, at=at):
        raise NotSetAside(fact=fact)
    Inspection.objects.create(fact_id=fact, deed=Deed.TRIED_AGAIN, note=note.strip()[:500], by=str(by), at=at)
    announce([key])
