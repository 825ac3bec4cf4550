"""A message in an adviser's own words as it would leave, and what it says that the customer was not told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ligneclaire.cases.queries import cards
from ligneclaire.channels.content import Content
from ligneclaire.channels.sms.text import length_of, text_of
from ligneclaire.channels.states import Channel
from ligneclaire.kernel.ref import Ref
from ligneclaire.people.queries import addressees, advisers, numbers, operator
from ligneclaire.voice.draft import reachable_now
from ligneclaire.voice.queries import told
from ligneclaire.voice.rules.typed import Mention, mentions
from ligneclaire.voice.wording.written import written

UNKNOWN = "LC-...."  # in the place of a reference that sending will give


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The message, where it goes, and the dates and amounts in it."""

    content: Content
    destination: tuple[str, ...]
    text_message: str
    parts: int  # that a text message takes
    mentions: tuple[Mention, ...]


def channels_of(customer: str, *, at: datetime) -> tuple[Channel, ...]:
    """The channels by which a customer can be reached."""
    today = operator.current().calendar.date_of(at)
    to = addressees.of([customer], on=today)[customer]
    return tuple(channel for channel, destination in reachable_now(to).items() if destination)


def draft(customer: str, *, channel: Channel, subject: str, text: str, case: str, by: str, at: datetime) -> Draft:
    """The message as it would leave now."""
    house = operator.current()
    today = house.calendar.date_of(at)
    to = addressees.of([customer], on=today)[customer]
    days, amounts = told.values_to(numbers.of(customer))
    conversation = cards.open_of([customer]).get((customer, str(Ref("customer", customer))))
    content = written(
        subject=subject,
        text=text,
        to=to,
        by=advisers.cards([by])[by],
        operator=house,
        today=today,
        reference=case or (conversation.survivor if conversation else UNKNOWN),
    )
    text_message = text_of(content)
    return Draft(
        content=content,
        text_message=text_message,
        parts=length_of(text_message).parts,
        destination=reachable_now(to)[channel],
        mentions=mentions(f"{subject}\n{text}", today=today, dates=days, amounts=amounts),
    )
