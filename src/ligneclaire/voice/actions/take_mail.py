"""An e-mail came in; what a mail server could not deliver, and has to arrive, goes by another way."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.cases.actions.receive_mail import Outcome, Received, receive_mail
from ligneclaire.channels.email.inbound import Envelope
from ligneclaire.channels.tasks import check_mail_later
from ligneclaire.kernel.actor import Actor
from ligneclaire.voice.dispatch import lead_elsewhere
from ligneclaire.voice.tasks import send_later


@transaction.atomic
def take_mail(*, raw: bytes, envelope: Envelope | None, by: Actor, at: datetime) -> Received:
    """Put it where it belongs, once; that a message is lost is its owner's work, and what has to arrive goes again."""
    received = receive_mail(raw=raw, envelope=envelope, by=by, at=at)
    if received.outcome is not Outcome.KNOWN:
        check_mail_later(received.mail)
    if received.lost:
        instead = lead_elsewhere(message=received.lost, by=by, at=at)
        send_later({instead: 0} if instead else {})
    return received
