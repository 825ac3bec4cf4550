"""What time it is where customers live."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from ligneclaire.people.models import Customer
from ligneclaire.people.queries import operator


def of(customer: str) -> ZoneInfo:
    """The time zone of the territory of who is meant by a number, or of the operator where it has none of its own."""
    zone = Customer.objects.filter(number=customer).values_list("survivor__territory__zone", flat=True).first()
    return ZoneInfo(zone or operator.current().zone)
