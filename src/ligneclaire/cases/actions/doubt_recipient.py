"""A mail server says of a message what its address is worth."""

from __future__ import annotations

from datetime import datetime

from ligneclaire.channels.email.reports import names_bad_address
from ligneclaire.channels.queries.messages import MessageCard
from ligneclaire.channels.states import Channel
from ligneclaire.kernel.actor import Actor
from ligneclaire.people.actions.doubt_email import doubt_email
from ligneclaire.people.queries import numbers


def doubt_recipient(*, message: MessageCard, words: str, by: Actor, at: datetime) -> bool:
    """Doubt the e-mail address of a message if these words say that there is none; return whether that is news.

    It is that of whoever is meant by its number, which may be merged.
    """
    if message.channel != Channel.EMAIL or not names_bad_address(words):
        return False
    (email,) = message.destination
    theirs = sorted({message.customer, numbers.survivor_of(message.customer)})
    doubted = [doubt_email(customer=number, email=email, by=by, at=at) for number in theirs]
    return any(doubted)
