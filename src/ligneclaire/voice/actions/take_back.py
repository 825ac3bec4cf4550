"""Whoever wrote a message takes it back before it leaves."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.channels.content import Content
from ligneclaire.channels.models import Enclosure, Message
from ligneclaire.channels.queries import messages
from ligneclaire.channels.queries.messages import MessageCard
from ligneclaire.channels.states import Channel, MessageState
from ligneclaire.facts.news import announce
from ligneclaire.facts.record import hold
from ligneclaire.kernel.actor import Actor, ActorKind
from ligneclaire.kernel.ref import uuid_of
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.promises.actions.forget_promise import forget_promise
from ligneclaire.promises.actions.give_promise import Given
from ligneclaire.voice.actions.write_message import Words
from ligneclaire.voice.models import Writing


class LeftAlready(Refused):
    """The message has left or is leaving, or is none that an adviser wrote."""


@transaction.atomic
def take_back(*, message: UUID, by: Actor, at: datetime) -> UUID:
    """Undo a message that has not left, with the promise in it; return the writing that keeps its words."""
    refuse_unless(by, may=Right.WRITE)
    known = messages.by_uuid(message)
    if known is None or not known.written_by:
        raise LeftAlready(message=message)
    hold({known.customer})
    card = messages.locked(message, waits=False)  # whoever lets it leave waits for us after that
    if card is None:
        raise LeftAlready(message=message)
    Message.objects.filter(uuid=message).update(
        state=MessageState.UNDONE, failing_since=None, answer="", held_until=None
    )
    promise = forget_promise(made_in=message, by=by, at=at)
    writing = uuid_of("again", str(message))
    Writing.objects.create(
        uuid=writing,
        customer=card.customer,
        adviser=by.number,
        answers=card.answers,
        fields=_typed(card, promise),
        changed_at=at,
    )
    _keep_files(message, writing)
    announce([card.customer])
    return writing


def _keep_files(message: UUID, writing: UUID) -> None:
    """What was enclosed goes with the words that are written again; the message keeps what it would have left with."""
    files = list(Enclosure.objects.filter(message=message))
    for file in files:
        file.pk, file.message = None, writing
    Enclosure.objects.bulk_create(files)


def _typed(card: MessageCard, promise: Given | None) -> dict[str, str]:
    return Words(
        customer=card.customer,
        channel=Channel(card.channel),
        subject=card.subject,
        text="\n\n".join(Content.from_json(card.content).opening),
        case=card.case,
        promise=promise,
        is_registered=card.is_registered,
        signer=card.adviser if _is_signed_by_another(card) else "",
    ).as_typed()


def _is_signed_by_another(card: MessageCard) -> bool:
    """Whether an adviser wrote it in the name of another."""
    kind, _, number = card.written_by.partition(":")
    return kind == ActorKind.ADVISER and number != card.adviser
