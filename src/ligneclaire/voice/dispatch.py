"""The mouth: the only place from which anything leaves; a message once, and only while the voice is live."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
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
from ligneclaire.contracts.queries import requests
from ligneclaire.contracts.queries.requests import RequestCard
from ligneclaire.contracts.states import EndState, RequestState
from ligneclaire.facts.record import record
from ligneclaire.facts.stated import Statement
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.ref import Ref
from ligneclaire.people.queries import addressees, advisers, codes, operator, owners
from ligneclaire.people.states import ContactKind
from ligneclaire.voice.queries import rules, told
from ligneclaire.voice.queries.told import ToldTopic
from ligneclaire.voice.rules.guests import Answer, is_to_answer
from ligneclaire.voice.rules.state import Mode
from ligneclaire.voice.wording import codes as code_words
from ligneclaire.voice.wording import guests as guest_words

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
AN_HOUR = timedelta(hours=1)


@transaction.atomic
def dispatch(*, message: UUID, by: Actor, at: datetime) -> bool:
    """Let a queued message leave and record that it did; return whether it left now.

    Whoever stops the voice, or lets it only propose, waits for messages that are leaving: after that nothing leaves.
    """
    _share_the_mouth()
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
    HAND_OVER[found.kind](code_words.note_of(found, to=to, operator=house), outbox=settings.OUTBOX)
    return True


@transaction.atomic
def dispatch_answer(*, request: str, answer: Answer, at: datetime) -> bool:
    """Let a few lines for a guest leave, if they are to and the voice is live; return whether they left.

    They are in no thread: the address may be a stranger's. The page of the request tells the same in every mode.
    """
    _share_the_mouth()
    card = requests.by_reference(request)
    if card is None or not card.is_guest or rules.mode_now() is not Mode.LIVE:
        return False
    house = operator.current()
    today = at.astimezone(ZoneInfo(house.zone)).date()
    goes = is_to_answer(
        answer,
        typed=card.email,
        acknowledged_to=_acknowledged_to(card, today),
        is_rejected=card.state == RequestState.REJECTED,
        lately=requests.count_for(card.email, since=card.received_at - AN_HOUR, until=card.received_at),
    )
    if not goes:
        return False
    # A receipt that the adviser of a contract signed would tell a stranger that there is a contract.
    owner = owners.of_news(None) if answer is Answer.RECEIVED else card.owner
    signs = advisers.present(owner, on=today)
    email.deliver_note(guest_words.note_of(card, answer, adviser=signs, operator=house), outbox=settings.OUTBOX)
    return True


def _acknowledged_to(card: RequestCard, today: date) -> str | None:
    """The e-mail address of the customer who is told the end of a contract; an end that is folded is told already."""
    if card.customer is None or all(end.state == EndState.FOLDED for end in card.ends):
        return None
    return addressees.of([card.customer], on=today)[card.customer].email


def _share_the_mouth() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [STOP_LOCK])


def _sent(card: MessageCard, topics: Sequence[ToldTopic], at: datetime) -> Statement:
    """That it left, and of what: so whoever waits for it to be told knows."""
    return Statement(
        source="channels",
        source_id=str(card.uuid),
        kind="channels.message_sent",
        customer=card.customer,
        subject=topics[0].subject if topics else str(Ref("customer", card.customer)),
        value={
            "message": str(card.uuid),
            "channel": card.channel,
            "topics": [topic.key for topic in topics if topic.value is not None],
        },
        effective=None,
        at=at,
    )
