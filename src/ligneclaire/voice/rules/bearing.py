"""What a message bears on: what it is for, whether the law asks for it, whether it can wait for the morning."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ligneclaire.kernel.calendar import ONE_DAY, Calendar
from ligneclaire.people.states import MessagePurpose
from ligneclaire.voice.rules.state import Utterance
from ligneclaire.voice.topics import TOPICS, Topic
from ligneclaire.voice.values import Takes, day_told

OF_MONEY = ("bill.", "closing_bill.", "compensation.", "credit.", "fees.", "refund.")


def purpose_of(topic: Topic) -> MessagePurpose:
    """What a topic is for, as customers choose their ways."""
    if topic.key.startswith(OF_MONEY):
        return MessagePurpose.BILLS
    return MessagePurpose.DATES if topic.takes in {Takes.DATE, Takes.SLOT} else MessagePurpose.SERVICE


def purposes(utterance: Utterance) -> tuple[MessagePurpose, ...]:
    """What it is for, in the order in which it says it."""
    return tuple(dict.fromkeys(purpose_of(TOPICS[telling.key]) for telling in utterance.tellings))


def is_duty(utterance: Utterance) -> bool:
    """Whether the law asks that the customer has it, on a durable medium."""
    return any(TOPICS[telling.key].is_duty for telling in utterance.tellings)


def is_urgent(utterance: Utterance, calendar: Calendar) -> bool:
    """Whether a day that it tells is here before the customer has had a day to read it."""
    tomorrow = calendar.date_of(utterance.at) + ONE_DAY
    return any(day <= tomorrow for day in days_of(utterance))


def days_of(utterance: Utterance) -> Iterable[date]:
    """The days that it tells."""
    for telling in utterance.tellings:
        if day := day_told(telling.value, TOPICS[telling.key].takes):
            yield day
