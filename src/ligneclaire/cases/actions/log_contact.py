"""Write down what a customer and we said elsewhere, and what was promised."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.cases.actions.log_entry import log_entry
from ligneclaire.cases.queries import cards
from ligneclaire.channels.actions.file_scan import file_scan
from ligneclaire.channels.actions.record_entry import Said
from ligneclaire.channels.states import SPOKEN
from ligneclaire.facts.record import hold
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.kernel.ref import Ref, uuid_of
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.people.actions.record_identity_check import record_identity_check
from ligneclaire.people.queries import authorised, customers, identity_checks, numbers
from ligneclaire.people.states import Proof
from ligneclaire.promises.actions.give_promise import Given, give_promise


class CustomerUnknown(Refused):
    """There is no customer with this number."""


class NotTheirCase(Refused):
    """The customer has no case with this reference."""


class NotYetHappened(Refused):
    """What is written down as said lies in the future."""


class NotAuthorisedThen(Refused):
    """The person might not speak for the customer on that day."""


class CheckOfAnother(Refused):
    """The identity that was checked is not that of whoever spoke."""


class CheckedFromAfar(Refused):
    """An identity is checked on the telephone or in person, not in writing."""


@transaction.atomic
def log_contact(
    *,
    entry: UUID,
    said: Said,
    promise: Given | None,
    proof: Proof | None = None,
    calendar: Calendar,
    scan: UUID | None = None,
    by: Actor,
    at: datetime,
) -> bool:
    """Put an entry into the thread, once, with its scan and what the adviser promised; return whether it is new.

    Whoever promises owns the promise. With a proof the identity of whoever spoke is checked along. Raises also
    `PromisedForThePast`, `PersonUnknown` and `ScanNotWaiting`.
    """
    refuse_unless(by, may=Right.LOG_CONTACTS)
    if said.happened_at > at:
        raise NotYetHappened(happened_at=said.happened_at, at=at)
    hold({said.customer})
    if not customers.known([said.customer]):
        raise CustomerUnknown(customer=said.customer)
    subject = _subject(said)
    _check_person(said, calendar)
    if proof:
        said = replace(said, check=_checked(entry, said, proof, by, at))
    _check_identity(said)
    if not log_entry(entry=entry, said=said, subject=subject, by=by, at=at):
        return False
    if scan:
        file_scan(scan=scan, entry=entry, by=by, at=at)
    if promise:
        today = calendar.date_of(at)
        give_promise(given=promise, customer=said.customer, made_in=entry, owner=by.number, today=today, by=by, at=at)
    return True


def _check_person(said: Said, calendar: Calendar) -> None:
    if said.person:
        card = authorised.by_uuid(said.person, customer=said.customer)
        if not card.holds_on(calendar.date_of(said.happened_at)):
            raise NotAuthorisedThen(person=said.person, happened_at=said.happened_at)


def _checked(entry: UUID, said: Said, proof: Proof, by: Actor, at: datetime) -> UUID:
    check = uuid_of("identity_check", str(entry))
    record_identity_check(check=check, customer=said.customer, person=said.person, proof=proof, by=by, at=at)
    return check


def _check_identity(said: Said) -> None:
    if said.check is None:
        return
    if said.medium not in SPOKEN:
        raise CheckedFromAfar(medium=said.medium)
    card = identity_checks.by_uuid(said.check)
    if card is None or card.person != said.person or card.customer not in numbers.of(said.customer):
        raise CheckOfAnother(check=said.check)


def _subject(said: Said) -> str:
    if not said.case:
        return str(Ref("customer", said.customer))
    case = cards.by_reference(said.case)
    if case is None or case.customer != said.customer:
        raise NotTheirCase(customer=said.customer, case=said.case)
    return case.subject
