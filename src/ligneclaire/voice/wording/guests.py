"""The few lines for somebody who ended a contract without signing in, and whom we may not know."""

from __future__ import annotations

from ligneclaire.channels.note import Note
from ligneclaire.contracts.queries.requests import RequestCard
from ligneclaire.kernel.ref import uuid_of
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.people.queries.operator import OperatorCard
from ligneclaire.voice.rules.guests import Answer
from ligneclaire.voice.wording import formats
from ligneclaire.voice.wording.texts import texts


def note_of(card: RequestCard, answer: Answer, *, adviser: AdviserCard, operator: OperatorCard) -> Note:
    """An answer by e-mail; it says nothing from which a stranger learns who is a customer, nor what was typed."""
    words = texts(card.language)
    values = {
        "reference": card.reference,
        "moment": formats.moment(card.received_at, operator.calendar, words),
        "phone": formats.phone(adviser.phone, operator.country),
        "operator": operator.name,
    }
    lines = ("told", "whole", "unknown") if answer is Answer.RECEIVED else ("told", "goes_on", "again")
    return Note(
        id=uuid_of("guest", card.reference, answer),
        to=card.email,
        sender=f"{adviser.name}, {operator.name}",
        sender_address=adviser.email,
        language=words.language,
        subject=words.say(f"guests.{card.kind}.{answer}", **values),
        paragraphs=(
            words.say("guests.greeting"),
            *(words.say(f"guests.{answer}.{line}", **values) for line in lines),
            words.say("guests.not_you", **values),
            words.say("guests.signature", adviser=adviser.name, role=words.say("labels.role")),
        ),
        reference=card.reference,
        sent_at=card.received_at if answer is Answer.RECEIVED else card.closed_at or card.received_at,
    )
