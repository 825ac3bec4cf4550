"""A customer chooses how they want to be written to for one purpose."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.models import Customer, Preference
from ligneclaire.people.queries import wishes
from ligneclaire.people.states import OPTIONAL, MessagePurpose, Way


class HasToBeWritten(Refused):
    """What concerns a contract has to be written in some way; only offers and surveys may be none."""


@transaction.atomic
def choose_way(*, customer: str, purpose: MessagePurpose, way: Way, by: Actor, at: datetime) -> bool:
    """Keep the choice beside the earlier ones; return whether it differs from the last."""
    if way is Way.NONE and purpose not in OPTIONAL:
        raise HasToBeWritten(purpose=purpose)
    Customer.objects.select_for_update().get(number=customer)
    if wishes.of(customer).ways.get(purpose) is way:
        return False
    Preference.objects.create(customer_id=customer, purpose=purpose, way=way, chosen_by=str(by), chosen_at=at)
    return True
