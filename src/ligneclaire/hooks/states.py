"""Where an event for another system stands."""

from __future__ import annotations

from django.db.models import TextChoices


class PostingState(TextChoices):
    """What became of an event that another system wants to know."""

    WAITING = "waiting"
    """It has a job."""
    HELD = "held"
    """Its subscription is paused; it goes when that is resumed."""
    DELIVERED = "delivered"
    """The other system took it."""
    GIVEN_UP = "given up"
    """It was not taken for three days, or never will be."""


OVER = (PostingState.DELIVERED, PostingState.GIVEN_UP)
