"""Take in a text message from a phone: into the thread of whose number it is, or before a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.cases.actions.await_match import await_match
from ligneclaire.cases.actions.place_mail import place_mail
from ligneclaire.cases.actions.receive_mail import Outcome
from ligneclaire.cases.queries import cards
from ligneclaire.cases.rules.matching import Matter, matched, titled
from ligneclaire.cases.rules.stop_words import stops
from ligneclaire.channels.actions.join_parts import join_parts
from ligneclaire.channels.actions.record_text import record_text
from ligneclaire.channels.queries import mails
from ligneclaire.channels.sms.inbound import Text
from ligneclaire.facts.record import hold
from ligneclaire.kernel.actor import Actor, ActorKind
from ligneclaire.people.actions.stop_texts import stop_texts
from ligneclaire.people.queries import customers, operator
from ligneclaire.people.rules.phone import e164


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A text message that was taken in, its matter if it has one, whether it is STOP or its end, and a change."""

    text: UUID
    outcome: Outcome
    matter: Matter | None
    stops: bool | None
    is_change: bool = False


@transaction.atomic
def receive_text(*, text: Text, by: Actor, at: datetime) -> Heard | None:
    """Keep a text message, once, and put it where it belongs; None while parts of it are missing.

    It goes into a thread when its number is of one customer, or a reference in it says of which of several. STOP counts
    at once for everybody whose number it is: who holds the telephone has said it. Raises `NoOperator` before a world
    was imported.
    """
    whole = join_parts(text=text, by=by, at=at)
    if whole is None:
        return None
    number = e164(whole.sender, region=operator.current().country) or whole.sender
    recorded = record_text(sender=number, recipient=whole.recipient, text=whole.text, by=by, at=at)
    said = stops(whole.text)
    if not recorded.is_new:
        return Heard(text=recorded.uuid, outcome=Outcome.KNOWN, matter=None, stops=said)
    writers, named = customers.texting_from(number), _named(whole.text)
    hold({*writers, *writers.values()})
    changed = [
        stop_texts(customer=writer, stops=said, by=Actor(ActorKind.CUSTOMER, writer), at=at)
        for writer in dict.fromkeys(writers.values())
        if said is not None
    ]
    matter = matched(named, writers)
    if matter is None:
        await_match(mail=recorded.uuid, named=named, writers=dict.fromkeys(writers.values()), by=by, at=at)
        return Heard(text=recorded.uuid, outcome=Outcome.WAITING, matter=None, stops=said)
    card = mails.by_uuid(recorded.uuid)
    assert card is not None
    place_mail(mail=card, matter=matter, by=Actor(ActorKind.CUSTOMER, matter.customer), at=at)
    return Heard(text=recorded.uuid, outcome=Outcome.ENTRY, matter=matter, stops=said, is_change=any(changed))


def _named(text: str) -> Matter | None:
    references = titled(text)
    cases = cards.by_references(set(references))
    found = [Matter(customer=cases[one].customer, case=one) for one in references if one in cases]
    return next(iter(found), None)
