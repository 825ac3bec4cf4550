"""A customer who withdrew what they allowed somebody reads that it is done."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.channels.states import Channel
from ligneclaire.kernel.actor import SYSTEM, Actor
from ligneclaire.kernel.ref import uuid_of
from ligneclaire.people.queries import addressees, authorised, operator
from ligneclaire.voice.actions.write_message import Words, write_message
from ligneclaire.voice.draft import reachable_now
from ligneclaire.voice.wording.written import trust_ended

PREFERRED = (Channel.EMAIL, Channel.SMS, Channel.LETTER)


@transaction.atomic
def confirm_withdrawal(*, customer: str, person: UUID, by: Actor, at: datetime) -> None:
    """Say it once, by the fastest way there is; it warns whoever did not do it themself."""
    card = authorised.by_uuid(person, customer=customer)
    to = addressees.of([customer], on=operator.current().calendar.date_of(at))[customer]
    ways = reachable_now(to)
    channel = next((channel for channel in PREFERRED if ways[channel]), None)
    if channel is None:
        return
    subject, text = trust_ended(card.name, language=to.language)
    words = Words(
        customer=customer,
        channel=channel,
        subject=subject,
        text=text,
        signer=to.present.number,
        has_own_words=False,
    )
    # In the system's name: a customer writes nothing through the voice.
    write_message(message=uuid_of("withdrawn", str(person), str(by)), words=words, by=SYSTEM, at=at)
