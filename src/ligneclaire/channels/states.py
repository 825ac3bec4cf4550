"""Ways to reach a customer, and where a message stands on its way."""

from __future__ import annotations

from django.db import models


class Channel(models.TextChoices):
    """How a message travels."""

    LETTER = "letter"
    EMAIL = "email"
    SMS = "sms"


class Medium(models.TextChoices):
    """Where customers and we talk outside of the messages that the voice composes."""

    CALL = "call"
    SHOP = "shop"
    VISIT = "visit"
    """At the customer's, such as a technician."""
    LETTER = "letter"
    EMAIL = "email"
    SMS = "sms"


SPOKEN = (Medium.CALL, Medium.SHOP, Medium.VISIT)
"""Where people talk to each other, and can prove who they are."""


class Direction(models.TextChoices):
    """Who spoke to whom."""

    IN = "in"
    """The customer to us."""
    OUT = "out"
    """We to the customer."""


class MessageState(models.TextChoices):
    """Where a message stands."""

    QUEUED = "queued"
    """Worded; its job has not run."""
    SENT = "sent"
    """It has left."""
    UNDELIVERABLE = "undeliverable"
    """It was refused for good; a person looks."""
    RETURNED = "returned"
    """It left on paper, and the post brought it back; a person looks."""
    PROPOSED = "proposed"
    """A proposal of shadow mode; it never leaves."""
    UNDONE = "undone"
    """Taken back by whoever wrote it before it left."""


LEFT = (MessageState.SENT, MessageState.RETURNED)
"""What a customer may read again, however it fared."""
NOT_DELIVERED = (MessageState.UNDELIVERABLE, MessageState.RETURNED)
"""What a person looks at, until it is ticked off."""
ADDRESS_IN_DOUBT = "address in doubt"
"""Why we ourselves held a letter back: an earlier one came back from there."""


class ReturnReason(models.TextChoices):
    """What the post says of a letter that it brings back."""

    UNKNOWN = "unknown"
    MOVED = "moved"
    REFUSED = "refused"
    NOT_COLLECTED = "not collected"


class Fate(models.TextChoices):
    """What became of an e-mail that a mail server had taken, as it or another one reports."""

    FAILED = "failed"
    """Given up."""
    DELAYED = "delayed"
    """Still tried."""
    DELIVERED = "delivered"
    """Handed on."""


class FileKind(models.TextChoices):
    """What we take of the files that people hand in."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"


class BatchState(models.TextChoices):
    """Where a batch of letters stands."""

    MADE = "made"
    """Its letters are numbered and counted; its job has not run."""
    WRITTEN = "written"
    """Its folder lies there for the print house."""


class PartState(models.TextChoices):
    """Where a part of a text message stands between us and a short-message centre."""

    OFFERED = "offered"
    """Being handed over; whoever finds it so without handing it over does not know whether it was taken."""
    ACCEPTED = "accepted"
    """The centre has it."""
    DELIVERED = "delivered"
    """The phone has it."""
    FAILED = "failed"
    """The phone never got it."""
