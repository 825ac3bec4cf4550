"""A text message came in from a phone; STOP and its end are confirmed by one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.cases.actions.receive_mail import Outcome
from ligneclaire.cases.actions.receive_text import Heard, receive_text
from ligneclaire.cases.rules.matching import Matter
from ligneclaire.channels.actions.need_no_answer import need_no_answer
from ligneclaire.channels.sms.inbound import Text
from ligneclaire.channels.states import Channel
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.ref import uuid_of
from ligneclaire.people.queries import addressees, operator
from ligneclaire.people.queries.operator import OperatorCard
from ligneclaire.voice.actions.write_message import Words, write_message
from ligneclaire.voice.wording.stops import confirmed, noted


@transaction.atomic
def take_text(*, text: Text, by: Actor, at: datetime) -> Heard | None:
    """Put it where it belongs; who texted STOP, or its end, reads once that it is done, at whatever hour."""
    heard = receive_text(text=text, by=by, at=at)
    if heard is None or heard.stops is None or heard.outcome is not Outcome.ENTRY:
        return heard
    assert heard.matter is not None
    house = operator.current()
    if heard.is_change:
        _confirm(heard, heard.matter, stops=heard.stops, house=house, by=by, at=at)
    reason = noted(stops=heard.stops, language=house.languages[0])
    need_no_answer(entry=heard.text, reason=reason, by=by, at=at)
    return heard


def _confirm(heard: Heard, matter: Matter, *, stops: bool, house: OperatorCard, by: Actor, at: datetime) -> None:
    to = addressees.of([matter.customer], on=house.calendar.date_of(at))[matter.customer]
    subject, told = confirmed(stops=stops, operator=house.name, language=to.language)
    words = Words(
        customer=matter.customer,
        channel=Channel.SMS,
        subject=subject,
        text=told,
        case=matter.case,
        signer=to.present.number,
        is_urgent=True,
    )
    write_message(message=uuid_of("stop", str(heard.text)), words=words, by=by, at=at)
