"""A customer says in their space that they do not move after all."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.contracts.queries import household
from ligneclaire.facts.record import hold
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.ref import uuid_of
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.queries import numbers
from ligneclaire.voice.actions.ask_online import NotTheirs
from ligneclaire.voice.actions.state_facts import state_facts
from ligneclaire.voice.intake import parse
from ligneclaire.voice.queries import moves
from ligneclaire.voice.queries.asked import SOURCE
from ligneclaire.voice.queries.moves import WhyNot
from ligneclaire.voice.topics import MOVE_WITHDRAWN


class MovesAlready(Refused):
    """The move can no longer be taken back, or there is none; `why` says which."""

    def __init__(self, why: WhyNot, **values: object) -> None:
        super().__init__(why=why, **values)
        self.why = why


@transaction.atomic
def take_back_move(*, contract: str, by: Actor, at: datetime) -> None:
    """State that the customer stays where they are; what was taken back already stays so. Raises `MovesAlready`."""
    mine = numbers.of(by.number)
    hold(mine)
    if contract not in {one.contract for own in household.of(mine).values() for one in own}:
        raise NotTheirs(contract=contract)
    move = moves.last_of(contract, customers=mine)
    if move.taken_back_at:
        return
    if move.why_not:
        raise MovesAlready(move.why_not, contract=contract)
    name = str(uuid_of(MOVE_WITHDRAWN, move.request))
    item = {"source": SOURCE, "id": name, "at": at.isoformat(), "contract": contract, "event": MOVE_WITHDRAWN}
    [taken] = state_facts(items=[parse(item | {"data": {"received_by": "online"}})], by=by, at=at)
    assert taken.answer is not None  # what is theirs and can be taken back can be stated
