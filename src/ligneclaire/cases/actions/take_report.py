"""An e-mail is a mail server's report on a message of ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from ligneclaire.cases.actions.doubt_recipient import doubt_recipient
from ligneclaire.cases.rules.matching import addressed
from ligneclaire.channels.actions.record_delivery import record_delivery
from ligneclaire.channels.email.inbound import Inbound
from ligneclaire.channels.email.reports import Reported
from ligneclaire.channels.queries import messages
from ligneclaire.channels.queries.messages import MessageCard
from ligneclaire.kernel.actor import Actor

BELIEVED = timedelta(days=10)
"""After it left; servers try for five days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The message that a report is about, and whether it is news that its customer will not have it."""

    message: MessageCard
    is_lost: bool


@transaction.atomic
def take_report(*, mail: UUID, read: Inbound, by: Actor, at: datetime) -> Taken | None:
    """Bring the state of the message that is reported on; None where it is on none of ours, and changes nothing.

    It returns that message, names the address to which it went, came back to the address from which it went as our
    own server says, and within ten days: anybody can write a report, but not know all that.
    """
    found = _about(read, at)
    if found is None:
        return None
    message, reported = found
    is_lost = record_delivery(mail=mail, message=message.uuid, reported=reported, by=by, at=at)
    if is_lost:
        doubt_recipient(message=message, words=reported.words, by=by, at=at)
    return Taken(message=message, is_lost=is_lost)


def _about(read: Inbound, at: datetime) -> tuple[MessageCard, Reported] | None:
    if not read.reported:
        return None
    known, back = messages.emails(read.answers), addressed(read.arrived)
    for uuid in read.answers:
        message = known.get(uuid)
        if message is None or message.case not in back or _is_too_late(message, at):
            continue
        to = {address.lower() for address in message.destination}
        for reported in read.reported:
            if reported.addresses & to:
                return message, reported
    return None


def _is_too_late(message: MessageCard, at: datetime) -> bool:
    """It may be here before it is known to have left, but not much later."""
    return message.sent_at is not None and at > message.sent_at + BELIEVED
