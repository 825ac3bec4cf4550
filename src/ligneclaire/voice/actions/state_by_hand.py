"""Take in what people state by hand, who may send a form twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from ligneclaire.facts.record import stated
from ligneclaire.facts.stated import Priority
from ligneclaire.kernel.actor import Actor, ActorKind
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.voice.actions.state_facts import Taken, state_facts
from ligneclaire.voice.intake import MANY, Parsed


@transaction.atomic
def state_by_hand(*, items: Sequence[Parsed], by: Actor, at: datetime) -> tuple[Taken, ...]:
    """State these through the same door as everybody; the same again is known, although it was typed later."""
    refuse_unless(by, may=Right.RELAY if by.kind is ActorKind.ADVISER else Right.STATE_FACTS)
    priority = Priority.BULK if len(items) > MANY else Priority.LIVE
    taken = state_facts(items=items, priority=priority, by=by, at=at)
    again = {(one.source, one.source_id) for one, answer in zip(items, taken, strict=True) if answer.problem}
    earlier = stated(again)
    if not earlier:
        return taken
    then = [replace(one, at=earlier[name].at) for one in items if (name := (one.source, one.source_id)) in earlier]
    answers = {one.name: one for one in state_facts(items=then, priority=priority, by=by, at=at)}
    return tuple(answers.get(one.name, one) for one in taken)
