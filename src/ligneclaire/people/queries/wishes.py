"""How customers want to be written to."""

from __future__ import annotations

from ligneclaire.people.models import Preference, TextStop
from ligneclaire.people.states import MessagePurpose, Way
from ligneclaire.people.values import Wishes


def of(customer: str) -> Wishes:
    """What a customer chose last for each purpose, and whether they said STOP."""
    chosen = Preference.objects.filter(customer__number=customer).order_by("purpose", "-chosen_at", "-id")
    rows = chosen.distinct("purpose").values_list("purpose", "way")
    return Wishes(ways={MessagePurpose(purpose): Way(way) for purpose, way in rows}, no_texts=has_stopped(customer))


def has_stopped(customer: str) -> bool:
    """Whether a customer wants no text message that need not be."""
    said = TextStop.objects.filter(customer__number=customer).order_by("-said_at", "-id")
    return bool(said.values_list("stops", flat=True).first())
