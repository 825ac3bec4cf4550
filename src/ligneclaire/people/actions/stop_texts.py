"""A customer wants no more text messages that need not be, or wants them again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.kernel.actor import Actor
from ligneclaire.people.models import Customer, TextStop
from ligneclaire.people.queries import wishes


@transaction.atomic
def stop_texts(*, customer: str, stops: bool, by: Actor, at: datetime) -> bool:
    """Keep their word beside the earlier ones; return whether it changes anything."""
    Customer.objects.select_for_update().get(number=customer)
    if wishes.has_stopped(customer) is stops:
        return False
    TextStop.objects.create(customer_id=customer, stops=stops, said_by=str(by), said_at=at)
    return True
