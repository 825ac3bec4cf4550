"""The mouth: the only place from which anything leaves; a message once, and only while the voice is live."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction

from ligneclaire.channels.actions.mark_sent import mark_sent
from ligneclaire.channels.content import Content
from ligneclaire.channels.email import outbound as email
from ligneclaire.channels.letter import outbound as letter
from ligneclaire.channels.outgoing import Outgoing
from ligneclaire.channels.queries import messages
from ligneclaire.channels.queries.messages import MessageCard
from ligneclaire.channels.sms import outbound as sms
from ligneclaire.channels.states import Channel
from ligneclaire.facts.record import record
from ligneclaire.facts.stated import Statement
from ligneclaire.kernel.actor import Actor
from ligneclaire.people.queries import addressees, codes, operator
from ligneclaire.people.states import ContactKind
from ligneclaire.voice.queries import rules, told
from ligneclaire.voice.queries.told import ToldTopic
from ligneclaire.voice.rules.state import Mode
from ligneclaire.voice.wording.codes import note_of

DELIVER: dict[str, Callable[..., str]] = {
    Channel.LETTER: letter.deliver,
    Channel.EMAIL: email.deliver,
    Channel.SMS: sms.deliver,
}
HAND_OVER: dict[ContactKind, Callable[..., str]] = {
    ContactKind.EMAIL: email.deliver_note,
    ContactKind.MOBILE: sms.deliver_note,
}
STOP_LOCK = 0x4C43_0001


@transaction.atomic
def dispatch(*, message: UUID, by: Actor, at: datetime) -> bool:
    """Let a queued message leave and record that it did; return whether it left now.

    Whoever stops the voice, or lets it only propose, waits for messages that are leaving: after that nothing leaves.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [STOP_LOCK])
    card = messages.locked(message)
    if card is None or rules.mode_now() is not Mode.LIVE:
        return False
    outgoing = Outgoing(
        id=card.uuid,
        to=card.destination,
        sender=operator.current().letterhead,
        content=Content.from_json(card.content),
        sent_at=card.written_at,
    )
    file = Path(DELIVER[card.channel](outgoing, outbox=settings.OUTBOX))
    digest = sha256(file.read_bytes()).hexdigest()
    mark_sent(message=card.uuid, file=str(file.relative_to(settings.OUTBOX)), digest=digest, by=by, at=at)
    record([_sent(card, told.topics_of([card.utterance])[card.utterance], at)], by=by, at=at)
    return True


def dispatch_code(*, code: UUID, at: datetime) -> bool:
    """Let a one-time code leave, in every mode: a person waits for it; return whether it goes to anybody.

    It is in no thread and in no fact, and it is the same code again when the job is done again.
    """
    found = codes.to_send(code, at=at)
    if found is None:
        return False
    house = operator.current()
    today = found.asked_at.astimezone(ZoneInfo(house.zone)).date()
    to = addressees.of([found.person], on=today)[found.person]
    HAND_OVER[found.kind](note_of(found, to=to, operator=house), outbox=settings.OUTBOX)
    return True


def _sent(card: MessageCard, topics: Sequence[ToldTopic], at: datetime) -> Statement:
    """That it left, and of what: so whoever waits for it to be told knows."""
    return Statement(
        source="channels",
        source_id=str(card.uuid),
        kind="channels.message_sent",
        customer=card.customer,
        subject=topics[0].subject,
        value={
            "message": str(card.uuid),
            "channel": card.channel,
            "topics": [topic.key for topic in topics if topic.value is not None],
        },
        effective=None,
        at=at,
    )
