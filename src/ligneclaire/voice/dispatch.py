"""The mouth: the only place from which anything leaves; a message once, and only while the voice is live."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction

from ligneclaire.cases.actions.doubt_recipient import doubt_recipient
from ligneclaire.channels import mailbox
from ligneclaire.channels.actions.accept_part import accept_part
from ligneclaire.channels.actions.hold_back import hold_back
from ligneclaire.channels.actions.mark_batch_written import mark_batch_written
from ligneclaire.channels.actions.mark_delayed import mark_delayed
from ligneclaire.channels.actions.mark_sent import mark_sent
from ligneclaire.channels.actions.mark_undeliverable import mark_undeliverable
from ligneclaire.channels.actions.offer_parts import offer_parts
from ligneclaire.channels.actions.queue_instead import queue_instead
from ligneclaire.channels.actions.queue_printing import queue_printing
from ligneclaire.channels.actions.record_receipt import record_receipt
from ligneclaire.channels.actions.withdraw_offers import withdraw_offers
from ligneclaire.channels.content import Content
from ligneclaire.channels.email import outbound as email
from ligneclaire.channels.email.server import Post
from ligneclaire.channels.letter import outbound as letter
from ligneclaire.channels.note import Note
from ligneclaire.channels.outgoing import Enclosed, NotYet, Outgoing, Undeliverable
from ligneclaire.channels.pdf import pages_of
from ligneclaire.channels.queries import batches, enclosures, messages, text_parts
from ligneclaire.channels.queries.messages import MessageCard
from ligneclaire.channels.rules import patience
from ligneclaire.channels.sms import lines
from ligneclaire.channels.sms import outbound as sms
from ligneclaire.channels.sms.inbound import Receipt
from ligneclaire.channels.sms.outbound import Way
from ligneclaire.channels.sms.smpp import LeftPerhaps
from ligneclaire.channels.states import ADDRESS_IN_DOUBT, Channel
from ligneclaire.contracts.queries import requests
from ligneclaire.contracts.queries.requests import RequestCard
from ligneclaire.contracts.states import EndState, RequestState
from ligneclaire.facts.news import announce
from ligneclaire.facts.record import record
from ligneclaire.facts.stated import Statement
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.ref import Ref
from ligneclaire.people.queries import addressees, advisers, codes, operator, owners, zones
from ligneclaire.people.states import ContactKind
from ligneclaire.voice.draft import in_doubt, reachable, reachable_now
from ligneclaire.voice.queries import rules, told
from ligneclaire.voice.queries.told import ToldTopic
from ligneclaire.voice.rules.guests import Answer, is_to_answer
from ligneclaire.voice.rules.quiet import quiet_until
from ligneclaire.voice.rules.routes import instead_of
from ligneclaire.voice.rules.state import Mode
from ligneclaire.voice.wording import codes as code_words
from ligneclaire.voice.wording import guests as guest_words
from ligneclaire.voice.wording.stops import despite_stop

STOP_LOCK = 0x4C43_0001
LOST = "the phone never got a part of it"
AN_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What came of letting a message leave; where it could not be handed over yet, how long to wait."""

    left: bool = False
    again_in: timedelta | None = None
    elsewhere: bool = False
    """By the process that has the connection to the short-message centre."""
    instead: UUID | None = None
    """The message that goes by another way, because this one cannot be delivered and has to arrive."""


class Elsewhere(Exception):
    """It leaves by the process that has the connection to the short-message centre."""


def dispatch(*, message: UUID, by: Actor, at: datetime) -> bool:
    """Let a queued message leave, however often it was tried; return whether it left now."""
    return attempt(message=message, tried=None, by=by, at=at).left


@transaction.atomic
def offer(*, message: UUID, tried: int, by: Actor, at: datetime) -> frozenset[int]:
    """Mark the parts of a text message as being handed over, in a transaction that is over before they are.

    Return the parts that were marked before without a word of what became of them: a centre does not notice that
    it is given the same again, so those are for a person.
    """
    card = messages.locked(message)
    if card is None or card.channel != Channel.SMS or card.tried != tried or lines.here() is None:
        return frozenset()
    return offer_parts(message=message, parts=sms.parts_of(Content.from_json(card.content)), by=by, at=at)


@transaction.atomic
def attempt(
    *, message: UUID, tried: int | None, by: Actor, at: datetime, doubtful: frozenset[int] = frozenset()
) -> Attempt:
    """Let a queued message leave and record that it did, unless it was tried since this attempt was asked for.

    Whoever stops the voice, or lets it only propose, waits for messages that are leaving: after that nothing leaves.
    A crash between the mail server's yes and the end of the transaction is the one way by which an e-mail leaves
    twice; both bear one Message-ID. A part of a text message is marked before (`offer`), so it never does.
    """
    _share_the_mouth()
    card = messages.locked(message)
    if card is None or tried not in (None, card.tried) or rules.mode_now() is not Mode.LIVE:
        _withdraw(message, doubtful, by=by, at=at)
        return Attempt()
    if waits := _waits(card, by=by, at=at):
        _withdraw(message, doubtful, by=by, at=at)
        return waits
    try:
        file = _delivered(card, doubtful, by=by, at=at)
    except (NotYet, Undeliverable) as failed:
        if not isinstance(failed, LeftPerhaps):
            _withdraw(message, doubtful, by=by, at=at)
        return _failed(card, failed, by=by, at=at)
    _has_left(card, file, by=by, at=at)
    return Attempt(left=True)


@transaction.atomic
def dispatch_batch(*, batch: str, by: Actor, at: datetime) -> bool:
    """Let the folder of a batch be written, once, if the voice is live; return whether it was now."""
    _share_the_mouth()
    card = batches.locked(batch)
    if card is None or rules.mode_now() is not Mode.LIVE:
        return False
    digest = letter.deliver_batch(card, tuple(batches.all_in(batch)), outbox=settings.OUTBOX)
    return mark_batch_written(batch=batch, digest=digest, by=by, at=at)


def _delivered(card: MessageCard, doubtful: frozenset[int], *, by: Actor, at: datetime) -> Path:
    """Let it out of the house; return its file. Raises `NotYet` and `Undeliverable`."""
    if _is_in_doubt(card, at):
        raise Undeliverable(answer=ADDRESS_IN_DOUBT)
    outgoing = Outgoing(
        id=card.uuid,
        to=card.destination,
        sender=operator.current().letterhead,
        content=Content.from_json(card.content),
        sent_at=card.written_at,
        earlier=messages.earlier_by_email(card) if card.channel == Channel.EMAIL else (),
        enclosed=_enclosed(card) if card.written_by else (),
    )
    way = {"way": _way(card, doubtful, by=by, at=at)} if card.channel == Channel.SMS else {}
    return Path(DELIVER[card.channel](outgoing, outbox=settings.OUTBOX, **way))


def _has_left(card: MessageCard, file: Path, *, by: Actor, at: datetime) -> None:
    """Write down that it left, with what it told, and have a letter printed."""
    written = file.read_bytes()
    digest = sha256(written).hexdigest()
    mark_sent(message=card.uuid, file=str(file.relative_to(settings.OUTBOX)), digest=digest, by=by, at=at)
    if card.channel == Channel.LETTER:
        queue_printing(message=card.uuid, pages=pages_of(written), by=by, at=at)
    topics = told.topics_of([card.utterance])[card.utterance]
    record([_sent(card, topics, at)], by=by, at=at)


def _withdraw(message: UUID, doubtful: frozenset[int], *, by: Actor, at: datetime) -> None:
    """Whoever offered parts and hands none over says so; others know nothing of what stands there."""
    if lines.here() is not None:
        withdraw_offers(message=message, but=doubtful, by=by, at=at)


def _waits(card: MessageCard, *, by: Actor, at: datetime) -> Attempt | None:
    """What a text message waits for: the morning, or the process that hands them over."""
    if card.channel != Channel.SMS:
        return None
    until = None if card.is_duty or card.is_urgent else quiet_until(at, zones.of(card.customer))
    if until:
        hold_back(message=card.uuid, until=until, by=by, at=at)
        announce([card.customer])
        return Attempt(again_in=until - at)
    return Attempt(elsewhere=True) if settings.SMPP and lines.here() is None else None


def _way(card: MessageCard, doubtful: frozenset[int], *, by: Actor, at: datetime) -> Way | None:
    line = lines.here()
    if line is None:
        return None
    if text_parts.is_any_failed(card.uuid):
        raise Undeliverable(answer=LOST)

    def tell(place: int, name: str) -> None:
        accept_part(message=card.uuid, place=place, centre_id=name, by=by, at=at)

    return Way(line=line, accepted=text_parts.accepted(card.uuid), doubtful=doubtful, tell=tell)


def dispatch_code(*, code: UUID, at: datetime) -> bool:
    """Let a one-time code leave, in every mode: a person waits for it; return whether it goes to anybody.

    It is in no thread and in no fact, and it is the same code again when the job is done again. No hour is quiet for
    it. NotYet and Undeliverable say why it could not be handed over, `Elsewhere` that another process does it.
    """
    found = codes.to_send(code, at=at)
    if found is None:
        return False
    if found.kind == ContactKind.MOBILE and settings.SMPP and lines.here() is None:
        raise Elsewhere
    house = operator.current()
    today = found.asked_at.astimezone(ZoneInfo(house.zone)).date()
    to = addressees.of([found.person], on=today)[found.person]
    HAND_OVER[found.kind](code_words.note_of(found, to=to, operator=house), outbox=settings.OUTBOX)
    return True


@transaction.atomic
def dispatch_answer(*, request: str, answer: Answer, at: datetime) -> bool:
    """Let a few lines for a guest leave, if they are to and the voice is live; return whether they left.

    They are in no thread: the address may be a stranger's. The page of the request tells the same in every mode.
    NotYet and Undeliverable say why they could not be handed over.
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
    _note_by_email(guest_words.note_of(card, answer, adviser=signs, operator=house), outbox=settings.OUTBOX)
    return True


def _acknowledged_to(card: RequestCard, today: date) -> str | None:
    """The e-mail address of the customer who is told the end of a contract; an end that is folded is told already."""
    if card.customer is None or all(end.state == EndState.FOLDED for end in card.ends):
        return None
    return addressees.of([card.customer], on=today)[card.customer].email


def _enclosed(card: MessageCard) -> tuple[Enclosed, ...]:
    files = enclosures.of(card.uuid)
    return tuple(Enclosed(name=one.name, kind=one.kind, content=mailbox.the_kept(one.place)) for one in files)


def _is_in_doubt(card: MessageCard, at: datetime) -> bool:
    """Whether a letter or an e-mail came back from this very address; then a person decides."""
    to = addressees.of([card.customer], on=at.date())[card.customer]
    channel = Channel(card.channel)
    return channel in in_doubt(to) and reachable(to)[channel] == card.destination


@transaction.atomic
def take_receipt(*, receipt: Receipt, by: Actor, at: datetime) -> UUID | None:
    """Bring the state of a text message; return what goes by another way because a phone never got it.

    Raises `PartUnknown` where nothing of ours has this name, or not yet.
    """
    failed = record_receipt(receipt=receipt, by=by, at=at)
    return lead_elsewhere(message=failed, by=by, at=at) if failed else None


@transaction.atomic
def lead_elsewhere(*, message: UUID, by: Actor, at: datetime) -> UUID | None:
    """A message that had left never arrived, as is known now; return what goes by another way in its place."""
    card = messages.by_uuid(message)
    assert card is not None
    announce([card.customer])
    return _instead(card, by=by, at=at)


def _failed(card: MessageCard, failed: NotYet | Undeliverable, *, by: Actor, at: datetime) -> Attempt:
    again_in = patience.wait(at - (card.failing_since or at)) if isinstance(failed, NotYet) else None
    mark = mark_delayed if again_in else mark_undeliverable
    words = str(failed.values["answer"])
    mark(message=card.uuid, answer=words, by=by, at=at)
    if not again_in:
        doubt_recipient(message=card, words=words, by=by, at=at)
    announce([card.customer])
    return Attempt(again_in=again_in, instead=None if again_in else _instead(card, by=by, at=at))


def _instead(card: MessageCard, *, by: Actor, at: datetime) -> UUID | None:
    """What the law asks for goes by the next way, once, however often the first is tried again; its owner looks too."""
    if not card.is_duty or card.copy_of or messages.replacement_of(card.uuid):
        return None
    today = at.astimezone(ZoneInfo(operator.current().zone)).date()
    to = addressees.of([card.customer], on=today)[card.customer]
    places = reachable_now(to)
    channel = instead_of(Channel(card.channel), places, used=messages.channels_of(card.utterance))
    if channel is None:
        return None
    content = Content.from_json(card.content)
    if channel is Channel.SMS and to.wishes.no_texts:
        content = despite_stop(content)
    return queue_instead(of=card, channel=channel, destination=places[channel], content=content.as_json(), by=by, at=at)


def _by_email(outgoing: Outgoing, *, outbox: Path) -> str:
    return email.deliver(outgoing, outbox=outbox, post=_post())


def _note_by_email(note: Note, *, outbox: Path) -> str:
    return email.deliver_note(note, outbox=outbox, post=_post())


def _note_by_text(note: Note, *, outbox: Path) -> str:
    return sms.deliver_note(note, outbox=outbox, line=lines.here())


def _post() -> Post:
    return Post(server=settings.SMTP, reply_base=settings.REPLY_ADDRESS)


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


DELIVER: dict[str, Callable[..., str]] = {
    Channel.LETTER: letter.deliver,
    Channel.EMAIL: _by_email,
    Channel.SMS: sms.deliver,
}
HAND_OVER: dict[ContactKind, Callable[..., str]] = {
    ContactKind.EMAIL: _note_by_email,
    ContactKind.MOBILE: _note_by_text,
}
