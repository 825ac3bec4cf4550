"""The kinds that people's rows have."""

from __future__ import annotations

from django.db.models import TextChoices


class AbsenceReason(TextChoices):
    """Why an adviser is away, as far as it is anyone's business: health is not recorded."""

    LEAVE = "LEAVE"
    TRAINING = "TRAINING"
    UNPLANNED = "UNPLANNED"


class ContactKind(TextChoices):
    """The ways to reach or recognise a customer."""

    ADDRESS = "ADDRESS"
    MOBILE = "MOBILE"
    EMAIL = "EMAIL"


class Purpose(TextChoices):
    """What we ask a customer's consent for."""

    WELCOME_BACK = "WELCOME_BACK"
    """To write once in a while to somebody who left, in case they want to come back."""


class WayIn(TextChoices):
    """How a customer showed who they are."""

    CODE = "CODE"
    PASSKEY = "PASSKEY"
