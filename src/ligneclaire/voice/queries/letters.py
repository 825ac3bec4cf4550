"""Letters as they are printed, those that left and those to come."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings

from ligneclaire.channels.content import Content
from ligneclaire.channels.letter.render import render
from ligneclaire.channels.queries import messages
from ligneclaire.channels.states import Channel
from ligneclaire.people.queries import operator
from ligneclaire.voice.queries import outlook


def of_message(uuid: UUID) -> bytes | None:
    """The PDF of a letter, the very one that left where it did; None for another channel."""
    card = messages.by_uuid(uuid)
    if card is None or card.channel != Channel.LETTER:
        return None
    spooled = settings.OUTBOX / card.file
    if card.file and spooled.is_file():
        return bytes(spooled.read_bytes())
    return render(Content.from_json(card.content), sender=operator.current().letterhead, recipient=card.destination)


def of_preview(customer: str, subject: str, *, at: datetime) -> bytes | None:
    """The PDF of a letter about a subject as it would leave if nothing else happened until then."""
    found = outlook.of(customer, at=at)
    previews = found.previews if found else ()
    preview = next((one for one in previews if one.subject == subject and Channel.LETTER in one.ways), None)
    if found is None or preview is None:
        return None
    return render(preview.content, sender=found.operator.letterhead, recipient=preview.ways[Channel.LETTER])
