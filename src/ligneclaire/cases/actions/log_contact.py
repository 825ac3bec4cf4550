"""Write down what a customer and we said elsewhere, and what was promised."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.cases.actions.log_entry import log_entry
from ligneclaire.cases.queries import cards
from ligneclaire.channels.actions.record_entry import Said
from ligneclaire.facts.record import hold
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.kernel.ref import Ref
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.people.queries import customers
from ligneclaire.promises.actions.give_promise import Given, give_promise


class CustomerUnknown(Refused):
    """There is no customer with this number."""


class NotTheirCase(Refused):
    """The customer has no case with this reference."""


class NotYetHappened(Refused):
    """What is written down as said lies in the future."""


@transaction.atomic
def log_contact(*, entry: UUID, said: Said, promise: Given | None, calendar: Calendar, by: Actor, at: datetime) -> bool:
    """Put an entry into the thread, once, with what the adviser promised; return whether it is new.

    Whoever promises owns the promise. Raises also `PromisedForThePast`.
    """
    refuse_unless(by, may=Right.LOG_CONTACTS)
    if said.happened_at > at:
        raise NotYetHappened(happened_at=said.happened_at, at=at)
    hold({said.customer})
    if not customers.known([said.customer]):
        raise CustomerUnknown(customer=said.customer)
    subject = _subject(said)
    if not log_entry(entry=entry, said=said, subject=subject, by=by, at=at):
        return False
    if promise:
        today = calendar.date_of(at)
        give_promise(given=promise, customer=said.customer, made_in=entry, owner=by.number, today=today, by=by, at=at)
    return True


def _subject(said: Said) -> str:
    if not said.case:
        return str(Ref("customer", said.customer))
    case = cards.by_reference(said.case)
    if case is None or case.customer != said.customer:
        raise NotTheirCase(customer=said.customer, case=said.case)
    return case.subject
