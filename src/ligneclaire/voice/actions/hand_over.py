"""A case goes to another adviser, and the customer hears it from them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.cases.actions.hand_over_case import hand_over_case
from ligneclaire.cases.queries import cards
from ligneclaire.channels.states import Channel
from ligneclaire.facts.record import hold
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.ref import uuid_of
from ligneclaire.people.queries import addressees, operator
from ligneclaire.voice.actions.write_message import Words, write_message
from ligneclaire.voice.draft import reachable_now
from ligneclaire.voice.wording.written import handed_over

PREFERRED = (Channel.EMAIL, Channel.LETTER, Channel.SMS)


@transaction.atomic
def hand_over(*, reference: str, to: str, note: str, sentence: str | None, by: Actor, at: datetime) -> None:
    """Hand a case over; with a sentence, also an empty one, the new owner writes to the customer.

    Raises what `hand_over_case` raises.
    """
    before = cards.by_reference(reference)
    hand_over_case(reference=reference, to=to, note=note, by=by, at=at)
    if before is None or sentence is None:
        return
    hold({before.customer})
    today = operator.current().calendar.date_of(at)
    customer = addressees.of([before.customer], on=today)[before.customer]
    ways = reachable_now(customer)
    channel = next((channel for channel in PREFERRED if ways[channel]), None)
    if channel is None:
        return
    subject, text = handed_over(sentence, reference=reference, before=before.owner_name, language=customer.language)
    words = Words(
        customer=before.customer,
        channel=channel,
        subject=subject,
        text=text,
        case=reference,
        signer=to,
        has_own_words=bool(sentence.strip()),
    )
    write_message(message=uuid_of("handed over", reference, at.isoformat()), words=words, by=by, at=at)
