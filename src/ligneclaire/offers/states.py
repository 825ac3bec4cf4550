"""The kinds of offer."""

from __future__ import annotations

from django.db.models import TextChoices


class OfferKind(TextChoices):
    """What an offer gives: a line at a place, or a line that moves."""

    FIXED = "FIXED"
    MOBILE = "MOBILE"
