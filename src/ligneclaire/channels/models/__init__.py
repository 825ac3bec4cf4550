"""Messages on their way to customers, and what comes in from them."""

from __future__ import annotations

from ligneclaire.channels.models.entries import (
    WANT_AN_ANSWER,
    Attachment,
    DeliveryReport,
    Entry,
    Lookout,
    Mail,
    Mailbox,
    NoAnswerNeeded,
    StillWaiting,
    Verdict,
)
from ligneclaire.channels.models.messages import HeardPart, Message, TextPart
from ligneclaire.channels.models.paper import MOST_ENCLOSURES, Enclosure, LetterBatch, Printing, Scan

__all__ = [
    "MOST_ENCLOSURES",
    "WANT_AN_ANSWER",
    "Attachment",
    "DeliveryReport",
    "Enclosure",
    "Entry",
    "HeardPart",
    "LetterBatch",
    "Lookout",
    "Mail",
    "Mailbox",
    "Message",
    "NoAnswerNeeded",
    "Printing",
    "Scan",
    "StillWaiting",
    "TextPart",
    "Verdict",
]
