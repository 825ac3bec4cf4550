"""Try a message again that was refused for good, because what was wrong is mended."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from ligneclaire.channels.actions.queue_again import queue_again
from ligneclaire.channels.queries import messages
from ligneclaire.channels.states import Channel
from ligneclaire.facts.news import announce
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.people.queries import addressees, operator
from ligneclaire.voice.draft import in_doubt, reachable
from ligneclaire.voice.tasks import send_later


class NotUndeliverable(Refused):
    """The message does not wait for a person, or does not any more."""


class AddressInDoubt(Refused):
    """A letter or an e-mail came back from this address, and nobody has confirmed it since."""


@transaction.atomic
def send_again(*, message: UUID, by: Actor, at: datetime) -> None:
    """Queue the message anew, to the address or the number that the customer has by now."""
    refuse_unless(by, may=Right.MEND)
    card = messages.by_uuid(message)
    if card is None or card.ticked_off_at:
        raise NotUndeliverable(message=message)
    today = at.astimezone(ZoneInfo(operator.current().zone)).date()
    to = addressees.of([card.customer], on=today)[card.customer]
    if card.channel in in_doubt(to):
        raise AddressInDoubt(customer=card.customer)
    known = reachable(to)[Channel(card.channel)]
    if not queue_again(message=message, destination=known or card.destination, by=by, at=at):
        raise NotUndeliverable(message=message)
    send_later({message: card.tried + 1})
    announce([card.customer])
