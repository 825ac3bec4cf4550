"""Ways to reach a customer, and where a message stands on its way."""

from __future__ import annotations

from django.db import models


class Channel(models.TextChoices):
    """How a message travels."""

    LETTER = "letter"
    EMAIL = "email"
    SMS = "sms"


class MessageState(models.TextChoices):
    """Queued until its job has run; a proposal of shadow mode never leaves."""

    QUEUED = "queued"
    SENT = "sent"
    PROPOSED = "proposed"
