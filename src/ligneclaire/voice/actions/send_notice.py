"""A customer reads at once, in words that stand ready, that something happened to what is theirs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.channels.states import Channel
from ligneclaire.kernel.actor import Actor
from ligneclaire.people.queries import addressees, operator
from ligneclaire.voice.actions.write_message import Words, write_message
from ligneclaire.voice.draft import reachable_now

FASTEST = (Channel.EMAIL, Channel.SMS, Channel.LETTER)


@transaction.atomic
def send_notice(
    *,
    notice: UUID,
    customer: str,
    worded: Callable[[str], tuple[str, str]],
    ways: Sequence[Channel] = FASTEST,
    by: Actor,
    at: datetime,
) -> bool:
    """Say it once, by the first of these ways by which they can be reached; return whether there is one.

    `worded` gives subject and text in a language; their adviser signs.
    """
    to = addressees.of([customer], on=operator.current().calendar.date_of(at))[customer]
    places = reachable_now(to)
    channel = next((way for way in ways if places[way]), None)
    if channel is None:
        return False
    subject, text = worded(to.language)
    words = Words(
        customer=customer,
        channel=channel,
        subject=subject,
        text=text,
        signer=to.present.number,
        has_own_words=False,
    )
    write_message(message=notice, words=words, by=by, at=at)
    return True
