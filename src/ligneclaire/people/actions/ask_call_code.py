"""An adviser has a code sent to whoever they speak with, to a contact point that we know."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.ref import uuid7
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.people.actions.record_identity_check import NoLongerAuthorised
from ligneclaire.people.models import CallCode, ContactPoint, Customer
from ligneclaire.people.queries import authorised
from ligneclaire.people.rules.code import MOST_FOR_A_PERSON, PERSONS_WINDOW, UNCHANGED
from ligneclaire.people.states import ContactKind


class NoSuchPlace(Refused):
    """We know no such contact point of theirs."""


class PlaceInDoubt(Refused):
    """What we sent there came back, and nobody has confirmed it since."""


class ChangedLately(Refused):
    """The contact point changed on `at`: a code there proves nothing yet."""


class TooManyCalls(Refused):
    """Too many codes went to this customer; `until` is when the next one may."""


@transaction.atomic
def ask_call_code(*, customer: str, person: UUID | None, kind: ContactKind, by: Actor, at: datetime) -> UUID:
    """Write down that a code is sent, in place of an earlier one.

    Raises also `PersonUnknown` and `NoLongerAuthorised`.
    """
    refuse_unless(by, may=Right.LOG_CONTACTS)
    Customer.objects.select_for_update().get(number=customer)  # one at a time
    destination, changed_at = _person(customer, person, kind) if person else _customer(customer, kind)
    if changed_at > at - UNCHANGED:
        raise ChangedLately(at=changed_at)
    lately = CallCode.objects.filter(customer__number=customer, asked_at__gt=at - PERSONS_WINDOW)
    asked = list(lately.order_by("-asked_at").values_list("asked_at", flat=True)[:MOST_FOR_A_PERSON])
    if len(asked) == MOST_FOR_A_PERSON:
        raise TooManyCalls(until=asked[-1] + PERSONS_WINDOW)
    lately.filter(passed_at=None, ended_at=None).update(ended_at=at)
    code = CallCode.objects.create(
        uuid=uuid7(at),
        customer_id=customer,
        person_id=person,
        adviser_id=by.number,
        kind=kind,
        destination=destination,
        asked_at=at,
    )
    return code.uuid


def _customer(customer: str, kind: ContactKind) -> tuple[str, datetime]:
    point = ContactPoint.objects.filter(customer__number=customer, kind=kind).first()
    if point is None:
        raise NoSuchPlace(customer=customer, kind=kind)
    if point.doubted_at:
        raise PlaceInDoubt(customer=customer, kind=kind)
    return point.value, point.changed_at


def _person(customer: str, person: UUID, kind: ContactKind) -> tuple[str, datetime]:
    card = authorised.by_uuid(person, customer=customer)
    if card.withdrawn_at:
        raise NoLongerAuthorised(person=person)
    destination = card.email if kind is ContactKind.EMAIL else card.phone
    if not destination:
        raise NoSuchPlace(person=person, kind=kind)
    return destination, card.recorded_at
