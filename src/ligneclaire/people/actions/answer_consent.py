"""A customer answers a question about what we may do."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.kernel.actor import Actor
from ligneclaire.people.models import Consent, Customer
from ligneclaire.people.queries import consents
from ligneclaire.people.states import Purpose


@transaction.atomic
def answer_consent(*, customer: str, purpose: Purpose, is_given: bool, by: Actor, at: datetime) -> bool:
    """Keep the answer beside the earlier ones; return whether it differs from the last."""
    Customer.objects.select_for_update().get(number=customer)
    last = consents.answer_of(customer, purpose)
    if last and last.is_given == is_given:
        return False
    Consent.objects.create(customer_id=customer, purpose=purpose, is_given=is_given, answered_at=at)
    return True
