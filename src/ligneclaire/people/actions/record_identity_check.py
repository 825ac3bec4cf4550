"""Write down how somebody who calls or comes by proved who they are, or that they did not."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.facts.news import announce
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.people.models import IdentityCheck
from ligneclaire.people.queries import authorised
from ligneclaire.people.states import BY_HAND, Proof


class NoLongerAuthorised(Refused):
    """The authorisation of this person was withdrawn."""


class NotByHand(Refused):
    """That a code was right is not for an adviser to say."""


@transaction.atomic
def record_identity_check(
    *, check: UUID, customer: str, person: UUID | None, proof: Proof, by: Actor, at: datetime
) -> bool:
    """Keep a check by an adviser, once; return whether it is new. Raises also `PersonUnknown`."""
    refuse_unless(by, may=Right.LOG_CONTACTS)
    if proof not in BY_HAND:
        raise NotByHand(proof=proof)
    if person and authorised.by_uuid(person, customer=customer).withdrawn_at:
        raise NoLongerAuthorised(person=person)
    if IdentityCheck.objects.filter(uuid=check).exists():
        return False
    IdentityCheck.objects.create(
        uuid=check, customer_id=customer, person_id=person, proof=proof, adviser_id=by.number, at=at
    )
    announce([customer])
    return True
