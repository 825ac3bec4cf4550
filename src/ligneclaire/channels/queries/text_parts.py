"""The parts of text messages."""

from __future__ import annotations

from uuid import UUID

from ligneclaire.channels.models import TextPart
from ligneclaire.channels.states import PartState


def is_any_failed(message: UUID) -> bool:
    """Whether a part of it never came to the phone."""
    return TextPart.objects.filter(message=message, state=PartState.FAILED).exists()


def accepted(message: UUID) -> dict[int, str]:
    """The places that a short-message centre has taken, with its names for them."""
    rows = TextPart.objects.filter(message=message).exclude(state=PartState.OFFERED)
    return dict(rows.values_list("place", "centre_id"))
