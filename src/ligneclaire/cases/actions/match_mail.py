"""A person says whose an e-mail is."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.cases.actions.log_contact import CustomerUnknown, NotTheirCase
from ligneclaire.cases.actions.place_mail import place_mail
from ligneclaire.cases.queries import cards, unmatched
from ligneclaire.cases.rules.matching import Matter
from ligneclaire.cases.states import MailState
from ligneclaire.channels.queries import mails
from ligneclaire.facts.record import hold
from ligneclaire.kernel.actor import Actor
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.people.queries import authorised, customers, numbers, operator


@transaction.atomic
def match_mail(*, mail: UUID, matter: Matter, by: Actor, at: datetime) -> None:
    """Give an e-mail that waits to a customer, once; it is an entry like any other then.

    What is of no case goes to who is meant by the number; a case keeps its own. Raises `MailNotWaiting`.
    """
    refuse_unless(by, may=Right.PLACE_MAILS)
    case = cards.by_reference(matter.case) if matter.case else None
    meant = numbers.survivors({matter.customer, *([case.customer] if case else [])})
    own = case.customer if case else meant.get(matter.customer, matter.customer)
    hold({own})
    row = unmatched.locked(mail)
    if matter.customer not in meant:
        raise CustomerUnknown(customer=matter.customer)
    if matter.case and (case is None or meant[own] != meant[matter.customer]):
        raise NotTheirCase(customer=matter.customer, case=matter.case)
    matter = Matter(customer=own, case=matter.case)
    card = mails.by_uuid(mail)
    assert card is not None
    row.state, row.closed_by, row.closed_at = MailState.MATCHED, str(by), at
    row.save(update_fields=["state", "closed_by", "closed_at"])
    place_mail(mail=card, matter=matter, person=_writer(card.sender, matter.customer, at), by=by, at=at)


def _writer(sender: str, customer: str, at: datetime) -> UUID | None:
    """Who wrote it for the customer, where it was not they themself."""
    if not sender or customer in customers.writing_from(sender):
        return None
    found = authorised.writing_from(sender, on=operator.current().calendar.date_of(at))
    theirs = numbers.of(customer) if found else ()
    return next((one.uuid for one in found if one.customer in theirs), None)
