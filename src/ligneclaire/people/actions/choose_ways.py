"""A customer says how they want to be written to, all at once, on a page of theirs or to an adviser."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from ligneclaire.facts.news import announce
from ligneclaire.kernel.actor import Actor
from ligneclaire.people.actions.choose_way import choose_way
from ligneclaire.people.actions.stop_texts import stop_texts
from ligneclaire.people.queries import wishes
from ligneclaire.people.states import MessagePurpose, Way


@transaction.atomic
def choose_ways(*, customer: str, ways: Mapping[MessagePurpose, Way], no_texts: bool, by: Actor, at: datetime) -> bool:
    """Keep what differs from before; return whether anything does. Who never chose and does not now has not chosen."""
    before = wishes.of(customer)
    chosen = {purpose: way for purpose, way in ways.items() if way is not Way.ANY or purpose in before.ways}
    changed = [choose_way(customer=customer, purpose=purpose, way=way, by=by, at=at) for purpose, way in chosen.items()]
    changed.append(stop_texts(customer=customer, stops=no_texts, by=by, at=at))
    if any(changed):
        announce([customer])
    return any(changed)
