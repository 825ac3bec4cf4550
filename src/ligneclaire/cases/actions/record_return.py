"""Write down that the post brought a letter back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.cases.facts import LETTER_RETURNED
from ligneclaire.channels.actions.mark_returned import mark_returned
from ligneclaire.channels.actions.set_aside_scan import set_aside_scan
from ligneclaire.channels.letter.address import postal_lines
from ligneclaire.channels.queries import messages
from ligneclaire.channels.states import ReturnReason
from ligneclaire.facts.record import hold, record
from ligneclaire.facts.stated import Statement
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.ref import Ref
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.people.actions.doubt_address import doubt_address
from ligneclaire.people.queries import addressees, numbers


class NoSuchLetter(Refused):
    """No letter of this name has left, or it came back before."""


@transaction.atomic
def record_return(*, message: UUID, reason: ReturnReason, scan: UUID | None = None, by: Actor, at: datetime) -> None:
    """Make a letter that came back its owner's work, once, and doubt the address if it is still the customer's.

    A scan of it is done with. Raises also `ScanNotWaiting`.
    """
    refuse_unless(by, may=Right.HANDLE_PAPER)
    card = messages.by_uuid(message)
    if card is None:
        raise NoSuchLetter(message=message)
    hold({card.customer})
    if not mark_returned(message=message, reason=reason, by=by, at=at):
        raise NoSuchLetter(message=message)
    meant = {card.customer, numbers.survivor_of(card.customer)}
    for number, to in addressees.under(meant, on=at.date()).items():
        if to.address and postal_lines(to.address) == card.destination:
            doubt_address(customer=number, lines=to.address, by=by, at=at)
    if scan:
        set_aside_scan(scan=scan, reason=f"{card.case}: {reason}", by=by, at=at)
    record([_returned(card.customer, message, reason, at)], by=by, at=at)


def _returned(customer: str, message: UUID, reason: ReturnReason, at: datetime) -> Statement:
    return Statement(
        source="cases",
        source_id=f"returned/{message}",
        kind=LETTER_RETURNED,
        customer=customer,
        subject=str(Ref("customer", customer)),
        value={"message": str(message), "reason": reason.value},
        effective=None,
        at=at,
    )
