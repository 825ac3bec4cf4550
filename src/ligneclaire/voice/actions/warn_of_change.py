"""A customer reads, where we knew to reach them before, that somebody had another address of theirs changed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.channels.states import Channel
from ligneclaire.kernel.actor import SYSTEM, Actor
from ligneclaire.kernel.ref import uuid_of
from ligneclaire.people.queries import addressees, operator
from ligneclaire.voice.actions.write_message import Words, write_message
from ligneclaire.voice.draft import reachable_now
from ligneclaire.voice.wording.written import address_changed

PREFERRED = (Channel.EMAIL, Channel.SMS, Channel.LETTER)


@transaction.atomic
def warn_of_change(*, customer: str, of: Channel, by: Actor, at: datetime) -> bool:
    """Say it once, by the fastest way but the one that changed; return whether there was one.

    An e-mail address changes only after something came back from it: a warning to the old one would come back too.
    """
    to = addressees.of([customer], on=operator.current().calendar.date_of(at))[customer]
    ways = reachable_now(to)
    channel = next((one for one in PREFERRED if one is not of and ways[one]), None)
    if channel is None:
        return False
    subject, text = address_changed(of, language=to.language)
    words = Words(
        customer=customer,
        channel=channel,
        subject=subject,
        text=text,
        signer=to.present.number,
        has_own_words=False,
    )
    # In the system's name: no adviser writes their own control.
    write_message(message=uuid_of("changed", customer, of, at.isoformat()), words=words, by=SYSTEM, at=at)
    return True
