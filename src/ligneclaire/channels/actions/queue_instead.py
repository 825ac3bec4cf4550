"""A message that could not be delivered, and that has to arrive, goes by another way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from ligneclaire.channels.models import Message
from ligneclaire.channels.queries.messages import MessageCard
from ligneclaire.channels.states import Channel
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.ref import uuid_of


def queue_instead(
    *,
    of: MessageCard,
    channel: Channel,
    destination: Sequence[str],
    content: Mapping[str, object],
    by: Actor,
    at: datetime,
) -> UUID:
    """Queue the same words by another channel, linked to the first, the caller holding that; once."""
    uuid = uuid_of("instead", str(of.uuid))
    Message.objects.create(
        uuid=uuid,
        utterance=of.utterance,
        customer=of.customer,
        case=of.case,
        channel=channel,
        language=of.language,
        adviser=of.adviser,
        subject=of.subject,
        content=content,
        destination=list(destination),
        written_at=at,
        is_duty=of.is_duty,
        is_urgent=of.is_urgent,
        instead_of=of.uuid,
    )
    return uuid
