"""What we sell."""

from __future__ import annotations

from ligneclaire.offers.models import Offer


def codes() -> frozenset[str]:
    """The codes of all offers."""
    return frozenset(Offer.objects.values_list("code", flat=True))
