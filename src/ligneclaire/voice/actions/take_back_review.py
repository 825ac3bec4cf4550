"""An author writes on in a message before a second adviser has looked at it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.facts.news import announce
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.voice.actions.return_words import return_words
from ligneclaire.voice.queries import reviews
from ligneclaire.voice.rules.reviews import ReviewState


class NotYourMessage(Refused):
    """Only its author takes a message back that waits for a look."""


@transaction.atomic
def take_back_review(*, review: UUID, by: Actor, at: datetime) -> None:
    """Let the author write on in their words. Raises also `NothingToDecide`."""
    refuse_unless(by, may=Right.WRITE)
    row = reviews.locked(review)
    if row.author != by.number:
        raise NotYourMessage(review=review)
    row.state, row.decided_by, row.decided_at = ReviewState.TAKEN_BACK, by.number, at
    row.save(update_fields=["state", "decided_by", "decided_at"])
    return_words(review=review, by=by, at=at)
    announce([row.customer])
