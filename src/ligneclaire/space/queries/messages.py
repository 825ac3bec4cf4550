"""What was written to a customer, on every channel."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from ligneclaire.channels.content import Content
from ligneclaire.channels.queries import enclosures, messages
from ligneclaire.channels.queries.enclosures import EnclosureCard
from ligneclaire.channels.queries.messages import MessageCard

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Messages:
    """A page of the list, newest first; `older` and `newer` are the numbers of the pages beside it."""

    cards: tuple[MessageCard, ...]
    older: int | None
    newer: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message with the very text that left."""

    card: MessageCard
    content: Content
    files: tuple[EnclosureCard, ...]


def of(numbers: Collection[str], *, page: int) -> Messages:
    """What has left for a person; pages count from 1."""
    found = messages.sent_to(numbers, limit=PAGE + 1, skip=(page - 1) * PAGE)
    return Messages(
        cards=found[:PAGE],
        older=page + 1 if len(found) > PAGE else None,
        newer=page - 1 if page > 1 else None,
    )


def one(numbers: Collection[str], uuid: UUID) -> Message | None:
    """A message to this very person; None for anybody else's."""
    card = messages.one_sent_to(numbers, uuid)
    if card is None:
        return None
    files = enclosures.of(uuid) if card.written_by else ()
    return Message(card=card, content=Content.from_json(card.content), files=files)
