"""The kinds of thing of which changes are kept."""

from __future__ import annotations

from django.db.models import TextChoices


class ChangeKind(TextChoices):
    """What was changed."""

    OPERATOR = "OPERATOR"
    DEPARTMENT = "DEPARTMENT"
    TERRITORY = "TERRITORY"
    """With who is on duty for it."""
    ADVISER = "ADVISER"
    """With who stands in for them."""
    ABSENCE = "ABSENCE"
    LOGIN = "LOGIN"
    """With the role in which it opens the desk."""
    SECOND_FACTOR = "SECOND_FACTOR"
    TOKEN = "TOKEN"  # noqa: S105 - no password
    WEBHOOK = "WEBHOOK"
    MODE = "MODE"
    """How much the voice may do."""
