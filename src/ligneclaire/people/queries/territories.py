"""The places we serve."""

from __future__ import annotations

from ligneclaire.people.models import Territory


def codes() -> frozenset[str]:
    """The codes of all territories."""
    return frozenset(Territory.objects.values_list("code", flat=True))
