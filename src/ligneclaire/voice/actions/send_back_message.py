"""A second adviser does not let a message leave, and says why."""

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


class ReasonMissing(Refused):
    """The author has to know why."""


@transaction.atomic
def send_back_message(*, review: UUID, reason: str, by: Actor, at: datetime) -> None:
    """Give the message back to its author, whose words are kept.

    Raises also `NothingToDecide` and `OwnMessage`.
    """
    refuse_unless(by, may=Right.APPROVE)
    if not reason.strip():
        raise ReasonMissing(review=review)
    row = reviews.locked_for(review, by)
    row.state, row.decided_by, row.decided_at, row.reason = ReviewState.SENT_BACK, by.number, at, reason.strip()
    row.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    return_words(review=review, by=by, at=at)
    announce([row.customer])
