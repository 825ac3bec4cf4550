"""An entry needs no message of ours."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.channels.models import NoAnswerNeeded
from ligneclaire.channels.queries import entries
from ligneclaire.facts.news import announce
from ligneclaire.facts.record import hold
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused


class AnsweredAlready(Refused):
    """The entry does not wait: somebody answered it, or decided that it needs no answer."""


class ReasonMissing(Refused):
    """Whoever leaves a customer without an answer says why."""


@transaction.atomic
def need_no_answer(*, entry: UUID, reason: str, by: Actor, at: datetime) -> None:
    """Take an entry off the list of those that wait, once, with a reason that others can read."""
    if not reason.strip():
        raise ReasonMissing(entry=entry)
    customer = entries.by_uuid(entry).customer
    hold({customer})
    if not entries.is_waiting(entry):
        raise AnsweredAlready(entry=entry)
    NoAnswerNeeded.objects.create(entry_id=entry, reason=reason.strip()[:500], by=str(by), at=at)
    announce([customer])
