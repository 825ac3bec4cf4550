"""Take a visit to change it: its customer first, as everybody does, then its row."""

from __future__ import annotations

from ligneclaire.facts.record import hold
from ligneclaire.kernel.refusal import Refused
from ligneclaire.visits.models import Visit


class NoSuchVisit(Refused):
    """No visit has this reference, or it was held and given up."""


def locked(reference: str) -> Visit:
    """The visit with what it is for, kept from others until the transaction ends; raises `NoSuchVisit`."""
    customer = Visit.objects.filter(reference=reference).values_list("need__customer__number", flat=True).first()
    if customer is None:
        raise NoSuchVisit(reference=reference)
    hold({customer})
    rows = Visit.objects.select_for_update(of=("self",)).select_related("need").filter(reference=reference)
    row = rows.first()
    if row is None:
        raise NoSuchVisit(reference=reference)
    return row
