"""Hand what waits on paper to the print house."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.channels.actions.make_batch import make_batch
from ligneclaire.channels.rules.postage import Terms
from ligneclaire.kernel.actor import Actor
from ligneclaire.people.queries import operator
from ligneclaire.voice.queries import rules
from ligneclaire.voice.rules.state import Mode
from ligneclaire.voice.tasks import write_batch_later


@transaction.atomic
def batch_letters(*, until: datetime, terms: Terms, by: Actor, at: datetime) -> str | None:
    """Put the letters that left by an instant into a batch with its job; none while the voice is not live."""
    if rules.mode_now() is not Mode.LIVE:
        return None
    batch = make_batch(until=until, today=operator.current().calendar.date_of(at), terms=terms, by=by, at=at)
    if batch:
        write_batch_later(batch)
    return batch
