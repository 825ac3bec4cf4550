"""The states of what customers declare to end a contract, and of the files with it."""

from __future__ import annotations

from django.db.models import TextChoices


class RequestKind(TextChoices):
    """What a customer may declare."""

    TERMINATION = "termination"
    """A contract is to end, with notice."""
    RENUNCIATION = "renunciation"
    """A new contract is given up within the withdrawal period."""


class RequestState(TextChoices):
    """Where a request stands."""

    WAITING = "waiting"
    """An adviser must find out which contract is meant."""
    TAKEN = "taken"
    """Every contract it means is known."""
    WITHDRAWN = "withdrawn"
    """The customer took it back."""
    REJECTED = "rejected"
    """An adviser found no contract that it could mean, and says why."""


class EndState(TextChoices):
    """What a request does to one contract."""

    OPEN = "open"
    """It ends the contract."""
    FOLDED = "folded"
    """The contract was being ended already, by an earlier request."""
    WITHDRAWN = "withdrawn"
    """The contract goes on."""


class ProofKind(TextChoices):
    """The kinds of file that a proof may be."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    HEIC = "heic"


class Scan(TextChoices):
    """What the virus scanner said of a proof that is kept."""

    CLEAN = "clean"
    UNCHECKED = "unchecked"
    """There is no scanner, or it gave no answer."""
