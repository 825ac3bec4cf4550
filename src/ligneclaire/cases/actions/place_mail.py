"""An e-mail becomes an entry in a customer's thread."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.cases.actions.log_entry import log_entry
from ligneclaire.cases.queries import cards
from ligneclaire.cases.rules.matching import Matter
from ligneclaire.channels.actions.record_entry import Said
from ligneclaire.channels.queries.mails import MailCard
from ligneclaire.channels.states import Direction, Medium
from ligneclaire.facts.record import hold
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.ref import Ref

LONGEST = 10_000
CUT, WITHOUT_WORDS = "\n[…]", "[…]"


@transaction.atomic
def place_mail(*, mail: MailCard, matter: Matter, person: UUID | None = None, by: Actor, at: datetime) -> bool:
    """Put an e-mail into the thread, once, in the words that are new in it; return whether it was not there yet.

    It is the customer's, or by the person whom they authorised.
    """
    hold({matter.customer})
    said = Said(
        customer=matter.customer,
        case=matter.case,
        medium=Medium.EMAIL,
        direction=Direction.IN,
        text=_words(mail),
        happened_at=mail.received_at,
        person=person,
    )
    case = cards.by_reference(matter.case) if matter.case else None
    subject = case.subject if case else str(Ref("customer", matter.customer))
    return log_entry(entry=mail.uuid, said=said, subject=subject, by=by, at=at)


def _words(mail: MailCard) -> str:
    text = mail.text.strip() or mail.subject or WITHOUT_WORDS
    return text if len(text) <= LONGEST else text[: LONGEST - len(CUT)] + CUT
