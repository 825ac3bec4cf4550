"""Tick off a fact that was not understood: somebody looked, and says what came of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.facts.delivery import key_of
from ligneclaire.facts.news import announce
from ligneclaire.facts.record import hold
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.voice.models import Deed, Inspection, Outcome
from ligneclaire.voice.rules.state import End


class NothingToTickOff(Refused):
    """The fact was understood, or somebody ticked it off already."""


class NoteMissing(Refused):
    """Whoever ticks a fact off says what they did about it."""


@transaction.atomic
def tick_off_fact(*, fact: int, note: str, by: Actor, at: datetime) -> None:
    """Take a fact from the list of those that wait for a person; fact and outcome stay as they are."""
    refuse_unless(by, may=Right.MEND)
    if not note.strip():
        raise NoteMissing(fact=fact)
    key = key_of(fact)
    if key is None:
        raise NothingToTickOff(fact=fact)
    hold([key])
    is_open = Outcome.objects.filter(fact_id=fact, end=End.NOT_UNDERSTOOD).exists()
    if not is_open or Inspection.objects.filter(fact_id=fact, deed=Deed.TICKED_OFF).exists():
        raise NothingToTickOff(fact=fact)
    Inspection.objects.create(fact_id=fact, deed=Deed.TICKED_OFF, note=note.strip()[:500], by=str(by), at=at)
    announce([key])
