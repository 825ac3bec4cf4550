"""Ways to reach a customer, and where a message stands on its way."""

from __future__ import annotations

from django.db import models


class Channel(models.TextChoices):
    """How a message travels."""

    LETTER = "letter"
    EMAIL = "email"
    SMS = "sms"


class MessageState(models.TextChoices):
    """Where a message stands."""

    QUEUED = "queued"
    """Worded; its job has not run."""
    SENT = "sent"
    """It has left."""
    UNDELIVERABLE = "undeliverable"
    """It was refused for good; a person looks."""
    PROPOSED = "proposed"
    """A proposal of shadow mode; it never leaves."""
