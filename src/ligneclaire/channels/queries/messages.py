"""Messages to customers and where they stand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, QuerySet, Window

from ligneclaire.channels.models import Message
from ligneclaire.channels.outgoing import Earlier
from ligneclaire.channels.states import LEFT, Channel, MessageState

DELAYED, DELIVERED, HELD = "delayed", "delivered", "held"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageCard:
    """A message as screens and files show it."""

    uuid: UUID
    utterance: UUID
    customer: str
    case: str
    channel: str
    copy_of: UUID | None
    language: str
    adviser: str
    subject: str
    content: Mapping[str, object]
    destination: tuple[str, ...]
    is_registered: bool
    written_at: datetime
    state: str
    sent_at: datetime | None
    file: str
    digest: str  # sha-256 of what left
    written_by: str  # of a message in an adviser's own words
    answers: UUID | None
    tried: int  # times in vain, or given back to be tried again
    failing_since: datetime | None
    answer: str  # of the server that did not take it, the last one
    ticked_off_at: datetime | None
    note: str  # what a person did about it
    delivered_at: datetime | None
    is_duty: bool
    is_urgent: bool
    held_until: datetime | None
    instead_of: UUID | None

    @property
    def standing(self) -> str:
        """Its state; "delayed" while it could not be handed over yet, "held" by quiet hours, "delivered" to a phone."""
        if self.state == MessageState.QUEUED and self.failing_since:
            return DELAYED
        if self.held_until:
            return HELD
        return DELIVERED if self.delivered_at else self.state


@dataclass(frozen=True, slots=True, kw_only=True)
class Delayed:
    """Messages that could not be handed over yet: how many, since when, and what the server said of the newest."""

    count: int
    since: datetime
    answer: str


def waiting_to_leave() -> tuple[MessageCard, ...]:
    """The messages that have not left yet, oldest first."""
    rows = Message.objects.filter(state=MessageState.QUEUED).order_by("written_at", "id")
    return tuple(_card(row) for row in rows)


def count_waiting_to_leave() -> int:
    """How many messages have not left yet."""
    return Message.objects.filter(state=MessageState.QUEUED).count()


def delayed() -> Delayed | None:
    """The messages that could not be handed over yet, if there are any."""
    failing = Message.objects.filter(state=MessageState.QUEUED, failing_since__isnull=False)
    newest = failing.annotate(count=Window(Count("id")), since=Window(Min("failing_since")))
    found = newest.order_by("-failing_since", "-id").values("count", "since", "answer").first()
    return Delayed(**found) if found else None


def earlier_by_email(card: MessageCard) -> tuple[Earlier, ...]:
    """The e-mails that were written to the same customer about the same case before this one, oldest first."""
    rows = Message.objects.filter(
        customer=card.customer,
        case=card.case,
        channel=Channel.EMAIL,
        state__in=[MessageState.QUEUED, MessageState.SENT],
        written_at__lt=card.written_at,
    ).order_by("written_at", "id")
    return tuple(
        Earlier(id=uuid, sender_address=sender) for uuid, sender in rows.values_list("uuid", "content__contact__email")
    )


def of(customers: Collection[str]) -> tuple[MessageCard, ...]:
    """Every message to these customers, oldest first."""
    return tuple(_card(row) for row in Message.objects.filter(customer__in=customers).order_by("written_at", "id"))


def sent_to(customers: Collection[str], *, limit: int, skip: int = 0) -> tuple[MessageCard, ...]:
    """What has left for a person with these numbers, newest first: what they may read again."""
    rows = _sent(customers).order_by("-sent_at", "-id")[skip : skip + limit]
    return tuple(_card(row) for row in rows)


def one_sent_to(customers: Collection[str], uuid: UUID) -> MessageCard | None:
    """A message that has left for this very person."""
    row = _sent(customers).filter(uuid=uuid).first()
    return _card(row) if row else None


def letters_sent_to(customers: Collection[str], *, limit: int) -> tuple[MessageCard, ...]:
    """The letters that have left for a person with these numbers, newest first."""
    rows = _sent(customers).filter(channel=Channel.LETTER).order_by("-sent_at", "-id")[:limit]
    return tuple(_card(row) for row in rows)


def locked(uuid: UUID, *, waits: bool = True) -> MessageCard | None:
    """A message that has not left yet, kept from everybody else until the transaction ends.

    Who does not wait finds none while it is leaving.
    """
    kept = Message.objects.select_for_update(skip_locked=not waits)
    row = kept.filter(uuid=uuid, state=MessageState.QUEUED).first()
    return _card(row) if row else None


def of_cases(references: Collection[str], *, customers: Collection[str], limit: int) -> tuple[MessageCard, ...]:
    """The newest messages of these cases under these numbers: a reference may have been another's for a while."""
    rows = Message.objects.filter(case__in=references, customer__in=customers).order_by("-written_at", "-id")
    return tuple(_card(row) for row in rows[:limit])


def is_any_told(references: Collection[str]) -> bool:
    """Whether any message with one of these references has left, or leaves."""
    return Message.objects.filter(case__in=references, state__in=[MessageState.QUEUED, *LEFT]).exists()


def count_of_cases(references: Collection[str], *, customers: Collection[str]) -> int:
    """How many messages these cases have under these numbers."""
    return Message.objects.filter(case__in=references, customer__in=customers).count()


def letters_under(reference: str, *, limit: int) -> tuple[MessageCard, ...]:
    """The letters that have left under a reference, newest first."""
    rows = Message.objects.filter(case=reference, channel=Channel.LETTER, state__in=LEFT)
    return tuple(_card(row) for row in rows.order_by("-sent_at", "-id")[:limit])


def by_uuid(uuid: UUID) -> MessageCard | None:
    """One message."""
    row = Message.objects.filter(uuid=uuid).first()
    return _card(row) if row else None


def emails(uuids: Collection[UUID]) -> dict[UUID, MessageCard]:
    """Those of these messages that go by e-mail."""
    rows = Message.objects.filter(uuid__in=uuids, channel=Channel.EMAIL) if uuids else Message.objects.none()
    return {row.uuid: _card(row) for row in rows}


def channels_of(utterance: UUID) -> frozenset[Channel]:
    """The channels by which an utterance was written."""
    rows = Message.objects.filter(utterance=utterance).values_list("channel", flat=True)
    return frozenset(map(Channel, rows))


def replacement_of(uuid: UUID) -> UUID | None:
    """The message that went by another way in the place of one that could not be delivered."""
    return Message.objects.filter(instead_of=uuid).values_list("uuid", flat=True).first()


def matters(uuids: Collection[UUID]) -> dict[UUID, tuple[str, str]]:
    """Customer and case of each of these messages."""
    rows = Message.objects.filter(uuid__in=uuids) if uuids else Message.objects.none()
    return {uuid: (customer, case) for uuid, customer, case in rows.values_list("uuid", "customer", "case")}


def _sent(customers: Collection[str]) -> QuerySet[Message]:
    return Message.objects.filter(customer__in=customers, state__in=LEFT)


def _card(row: Message) -> MessageCard:
    return MessageCard(
        uuid=row.uuid,
        utterance=row.utterance,
        customer=row.customer,
        case=row.case,
        channel=row.channel,
        copy_of=row.copy_of,
        language=row.language,
        adviser=row.adviser,
        subject=row.subject,
        content=row.content,
        destination=tuple(row.destination),
        is_registered=row.is_registered,
        written_at=row.written_at,
        state=row.state,
        sent_at=row.sent_at,
        file=row.file,
        digest=row.digest,
        written_by=row.written_by,
        answers=row.answers,
        tried=row.tried,
        failing_since=row.failing_since,
        answer=row.answer,
        ticked_off_at=row.ticked_off_at,
        note=row.note,
        delivered_at=row.delivered_at,
        is_duty=row.is_duty,
        is_urgent=row.is_urgent,
        held_until=row.held_until,
        instead_of=row.instead_of,
    )
