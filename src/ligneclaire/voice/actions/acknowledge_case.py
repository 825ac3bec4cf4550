"""A customer reads that what they need has a reference, and who looks after it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.cases.queries import cards
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.ref import uuid_of
from ligneclaire.people.queries import addressees, operator
from ligneclaire.voice.actions.write_message import Words, write_message
from ligneclaire.voice.draft import reachable_now
from ligneclaire.voice.rules.routes import way_of_receipt
from ligneclaire.voice.wording.written import received


@transaction.atomic
def acknowledge_case(*, reference: str, by: Actor, at: datetime) -> bool:
    """Write the receipt of a case that was brought, once; False where the customer can be reached by no way."""
    case = cards.by_reference(reference)
    assert case is not None
    to = addressees.of([case.customer], on=operator.current().calendar.date_of(at))[case.customer]
    channel = way_of_receipt(reachable_now(to), wishes=to.wishes)
    if channel is None:
        return False
    subject, told = received(reference=case.survivor, language=to.language)
    words = Words(
        customer=case.customer,
        channel=channel,
        subject=subject,
        text=told,
        case=reference,
        signer=to.present.number,
    )
    write_message(message=uuid_of("received", reference), words=words, by=by, at=at)
    return True
