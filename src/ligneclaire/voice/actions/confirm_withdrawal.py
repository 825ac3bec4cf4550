"""A customer who withdrew what they allowed somebody reads that it is done."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ligneclaire.kernel.actor import SYSTEM, Actor
from ligneclaire.kernel.ref import uuid_of
from ligneclaire.people.queries import authorised
from ligneclaire.voice.actions.send_notice import send_notice
from ligneclaire.voice.wording.written import trust_ended


def confirm_withdrawal(*, customer: str, person: UUID, by: Actor, at: datetime) -> None:
    """Say it once, by the fastest way there is; it warns whoever did not do it themself."""
    card = authorised.by_uuid(person, customer=customer)
    send_notice(
        notice=uuid_of("withdrawn", str(person), str(by)),
        customer=customer,
        worded=lambda language: trust_ended(card.name, language=language),
        by=SYSTEM,  # a customer writes nothing through the voice
        at=at,
    )
