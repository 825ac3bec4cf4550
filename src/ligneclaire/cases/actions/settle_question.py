"""The owner of a case says which of the contested values is true, once, with a reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.cases.models import Question
from ligneclaire.cases.states import QuestionState
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused


class NothingToSettle(Refused):
    """No open contradiction of this topic: it was settled already, or the departments agree again."""


class NotAmongTheValues(Refused):
    """The value chosen is none of those that the departments state."""


class ReasonMissing(Refused):
    """A settlement needs a reason that others can read."""


@transaction.atomic
def settle_question(
    *, customer: str, subject: str, key: str, chosen: object, reason: str, by: Actor, at: datetime
) -> tuple[object, ...]:
    """Close the question with a value; return all the contested values."""
    if not reason.strip():
        raise ReasonMissing(key=key)
    question = (
        Question.objects.select_for_update()
        .filter(customer=customer, subject=subject, key=key, state=QuestionState.OPEN)
        .first()
    )
    if question is None:
        raise NothingToSettle(customer=customer, subject=subject, key=key)
    values = tuple(claim["value"] for claim in question.claims)
    if chosen not in values:
        raise NotAmongTheValues(key=key, chosen=chosen, values=values)
    question.state = QuestionState.SETTLED
    question.chosen, question.reason = chosen, reason.strip()[:500]
    question.settled_by, question.closed_at = str(by), at
    question.save(update_fields=["state", "chosen", "reason", "settled_by", "closed_at"])
    return values
