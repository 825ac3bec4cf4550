"""When a message in an adviser's own words waits for a second adviser."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

from ligneclaire.voice.rules.typed import Mention


class ReviewState(StrEnum):
    """Where a message stands that a second adviser looks at."""

    WAITING = "waiting"
    APPROVED = "approved"
    SENT_BACK = "sent back"
    """With a reason; its author writes on."""
    TAKEN_BACK = "taken back"
    """By its author, before anybody looked."""


class Cause(StrEnum):
    """Why somebody looks."""

    TRAINING = "training"
    """Its author is in training."""
    AMOUNT = "amount"
    """It names an amount above the one that the operator set."""


def causes(found: Iterable[Mention], *, is_in_training: bool, above: Decimal | None) -> tuple[Cause, ...]:
    """Why a message waits for a second adviser; empty when it leaves at once."""
    is_large = above is not None and any(isinstance(one.value, Decimal) and one.value > above for one in found)
    return (*((Cause.TRAINING,) if is_in_training else ()), *((Cause.AMOUNT,) if is_large else ()))
