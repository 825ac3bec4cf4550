"""A promise cannot be kept: the customer is told another day."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.cases.actions.log_contact import log_contact
from ligneclaire.channels.actions.record_entry import Said
from ligneclaire.facts.record import hold
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.promises.actions.close_promise import close_promise
from ligneclaire.promises.actions.give_promise import Given
from ligneclaire.promises.queries import spoken
from ligneclaire.promises.rules import SpokenState


@transaction.atomic
def postpone_promise(
    *, promise: UUID, given: Given, entry: UUID, said: Said, calendar: Calendar, by: Actor, at: datetime
) -> SpokenState:
    """Write down how the customer was told, and the new day; nobody moves a promise in silence.

    An empty text keeps the words of the promise. The same entry again changes nothing. Raises what `log_contact` and
    `close_promise` raise.
    """
    hold({said.customer})
    before = spoken.by_uuid(promise)
    words = replace(given, text=given.text or before.text)
    if not log_contact(entry=entry, said=said, promise=words, calendar=calendar, by=by, at=at):
        return SpokenState(before.state)
    return close_promise(promise=promise, note="", moved_to=spoken.given_in(entry), calendar=calendar, by=by, at=at)
