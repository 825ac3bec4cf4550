"""A second adviser lets a message leave."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.facts.record import hold
from ligneclaire.kernel.actor import Actor, ActorKind
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.people.queries import numbers
from ligneclaire.voice.actions.write_message import Words, write_message
from ligneclaire.voice.queries import reviews
from ligneclaire.voice.queries.reviews import ReviewCard
from ligneclaire.voice.rules.reviews import ReviewState


@transaction.atomic
def approve_message(*, review: UUID, by: Actor, at: datetime) -> UUID:
    """Queue the message as it was handed in, in its author's name; it can be taken back for half a minute from now.

    What is promised in it is promised from now on. Raises `NothingToDecide`, `OwnMessage`, and what `write_message`
    raises; it then waits on.
    """
    refuse_unless(by, may=Right.APPROVE)
    hold(_theirs(reviews.by_uuid(review)))
    row = reviews.locked_for(review, by)
    row.state, row.decided_by, row.decided_at = ReviewState.APPROVED, by.number, at
    row.save(update_fields=["state", "decided_by", "decided_at"])
    author = Actor(ActorKind.ADVISER, row.author)
    write_message(message=row.message, words=Words.from_json(row.words), by=author, at=at)
    return row.message


def _theirs(known: ReviewCard | None) -> set[str]:
    """All numbers under which it may be written by now: its writing holds no others, and must not begin with one."""
    if known is None:
        return set()
    customer = Words.from_json(known.words).customer
    return {known.customer, customer, *numbers.of(customer)}
