"""An e-mail or a text message becomes an entry in a customer's thread."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.cases.actions.log_entry import log_entry
from ligneclaire.cases.queries import cards
from ligneclaire.cases.rules.matching import Matter
from ligneclaire.cases.rules.stop_words import stops
from ligneclaire.channels.actions.record_entry import Said
from ligneclaire.channels.queries.mails import MailCard
from ligneclaire.channels.states import Direction, Medium
from ligneclaire.facts.record import hold
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.ref import Ref
from ligneclaire.people.actions.stop_texts import stop_texts
from ligneclaire.people.queries import numbers

LONGEST = 10_000
CUT, WITHOUT_WORDS = "\n[…]", "[…]"


@transaction.atomic
def place_mail(*, mail: MailCard, matter: Matter, person: UUID | None = None, by: Actor, at: datetime) -> bool:
    """Put it into the thread, once, in the words that are new in it; return whether it was not there yet.

    It is the customer's, or by the person whom they authorised. STOP by text message counts as soon as it is known
    whose it is.
    """
    hold({matter.customer})
    said = Said(
        customer=matter.customer,
        case=matter.case,
        medium=Medium(mail.medium),
        direction=Direction.IN,
        text=_words(mail),
        happened_at=mail.received_at,
        person=person,
    )
    said_to_stop = stops(mail.text) if said.medium is Medium.SMS else None
    if said_to_stop is not None:
        meant = numbers.survivor_of(matter.customer)
        stop_texts(customer=meant, stops=said_to_stop, by=by, at=mail.received_at)
    case = cards.by_reference(matter.case) if matter.case else None
    subject = case.subject if case else str(Ref("customer", matter.customer))
    return log_entry(entry=mail.uuid, said=said, subject=subject, by=by, at=at)


def _words(mail: MailCard) -> str:
    text = mail.text.strip() or mail.subject or WITHOUT_WORDS
    return text if len(text) <= LONGEST else text[: LONGEST - len(CUT)] + CUT
