"""A customer reads that everything about them can be downloaded."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.channels.states import Channel
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.ref import uuid_of
from ligneclaire.people.queries import addressees, operator
from ligneclaire.voice.actions.write_message import Words, write_message
from ligneclaire.voice.draft import reachable_now
from ligneclaire.voice.wording.written import copy_ready

PREFERRED = (Channel.EMAIL, Channel.SMS)  # the ways by which they can come into their space


@transaction.atomic
def announce_copy(*, customer: str, copy: UUID, until: date, by: Actor, at: datetime) -> None:
    """Say it once, by the fastest way there is, with the day until which it can be fetched."""
    to = addressees.of([customer], on=operator.current().calendar.date_of(at))[customer]
    ways = reachable_now(to)
    channel = next((channel for channel in PREFERRED if ways[channel]), None)
    if channel is None:
        return
    subject, text = copy_ready(until, language=to.language)
    words = Words(
        customer=customer,
        channel=channel,
        subject=subject,
        text=text,
        signer=to.present.number,
        has_own_words=False,
    )
    write_message(message=uuid_of("copy", str(copy)), words=words, by=by, at=at)
