"""The letters of a day go to the print house at a set hour; what was missed is made up for."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from ligneclaire.channels.queries import batches
from ligneclaire.kernel.actor import Actor
from ligneclaire.people.queries import operator
from ligneclaire.people.queries.operator import NoOperator
from ligneclaire.voice.actions.batch_letters import batch_letters
from ligneclaire.voice.queries import print_terms
from ligneclaire.voice.tasks import write_batch_later


def hand_over_daily(*, by: Actor, at: datetime) -> str | None:
    """Batch what left before the last set hour; done again, it finds nothing more until the next one."""
    try:
        tz = operator.current().calendar.tz
    except NoOperator:
        return None
    for left_behind in batches.to_write():
        write_batch_later(left_behind)
    here = at.astimezone(tz)
    hour = datetime.combine(here.date(), settings.LETTERS_AT, tz)
    until = hour if hour <= here else datetime.combine(here.date() - timedelta(days=1), settings.LETTERS_AT, tz)
    return batch_letters(until=until, terms=print_terms.current(), by=by, at=at)
