"""What was said elsewhere, and who still waits for an answer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from ligneclaire.channels.models import WANT_AN_ANSWER, Entry, Mail, Message, NoAnswerNeeded
from ligneclaire.channels.states import Direction, MessageState
from ligneclaire.kernel.refusal import Refused


class EntryUnknown(Refused):
    """There is no entry with this identifier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryCard:
    """An entry as screens show it."""

    uuid: UUID
    customer: str
    case: str
    medium: str
    text: str
    happened_at: datetime
    person: UUID | None  # who spoke for the customer, if not they themself


def by_uuid(uuid: UUID) -> EntryCard:
    """One entry."""
    row = Entry.objects.filter(uuid=uuid).first()
    if row is None:
        raise EntryUnknown(entry=uuid)
    return _card(row)


def by_uuids(uuids: Collection[UUID]) -> tuple[EntryCard, ...]:
    """These entries, newest first."""
    return tuple(_card(row) for row in Entry.objects.filter(uuid__in=uuids).order_by("-recorded_at", "-id"))


def is_waiting(uuid: UUID) -> bool:
    """Whether an entry still wants an answer."""
    return _waiting().filter(uuid=uuid).exists()


def is_any_waiting(uuids: Collection[UUID]) -> bool:
    """Whether any of these still wants an answer."""
    return _waiting().filter(uuid__in=uuids).exists()


def answer_to(uuid: UUID) -> UUID | None:
    """The message that answers an entry, if one does."""
    return (
        Message.objects.filter(answers=uuid).exclude(state=MessageState.UNDONE).values_list("uuid", flat=True).first()
    )


def _waiting() -> QuerySet[Entry]:
    answer = Message.objects.filter(answers=OuterRef("uuid")).exclude(state=MessageState.UNDONE)
    decided = NoAnswerNeeded.objects.filter(entry=OuterRef("uuid"))
    by_machine = Mail.objects.filter(uuid=OuterRef("uuid"), is_automatic=True)
    wanted = Entry.objects.filter(direction=Direction.IN, medium__in=WANT_AN_ANSWER)
    return wanted.filter(~Exists(answer), ~Exists(decided), ~Exists(by_machine))


def _card(row: Entry) -> EntryCard:
    return EntryCard(
        uuid=row.uuid,
        customer=row.customer,
        case=row.case,
        medium=row.medium,
        text=row.text,
        happened_at=row.happened_at,
        person=row.person_id,
    )
