"""Word what was decided and hand it to the channels: a message a channel, each with its job."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from ligneclaire.cases.queries.cards import CaseCard
from ligneclaire.channels.content import Content
from ligneclaire.channels.models import Message
from ligneclaire.channels.states import Channel, MessageState
from ligneclaire.contracts.queries.household import Holding
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.ref import uuid_of
from ligneclaire.people.queries import addressees, operator
from ligneclaire.people.queries.addressees import Addressee
from ligneclaire.people.queries.operator import OperatorCard
from ligneclaire.voice.draft import draft
from ligneclaire.voice.rules.addressing import addressee
from ligneclaire.voice.rules.bearing import is_duty, is_urgent
from ligneclaire.voice.rules.state import Mode, State, Utterance
from ligneclaire.voice.tasks import send_later


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """An utterance with the case it belongs to and the state after it."""

    customer: str
    case: CaseCard
    utterance: Utterance
    state: State


@transaction.atomic
def write_messages(
    *,
    spoken: Sequence[Spoken],
    held: Mapping[str, tuple[Holding, ...]],
    by: Actor,
    at: datetime,
) -> tuple[Message, ...]:
    """Write a message for each utterance and channel; proposals of shadow mode get no job."""
    if not spoken:
        return ()
    house = operator.current()
    rows: list[Message] = []
    for day, said in _by_day(spoken).items():
        known = addressees.under({_meant(one) for one in said}, on=day)
        rows += [row for one in said for row in _messages(one, known[_meant(one)], house, held[one.customer])]
    Message.objects.bulk_create(rows)
    send_later({row.uuid: row.tried for row in rows if row.state == MessageState.QUEUED})
    return tuple(rows)


def _meant(one: Spoken) -> str:
    return addressee(one.state, at=one.utterance.at)


def _by_day(spoken: Sequence[Spoken]) -> dict[date, list[Spoken]]:
    days: dict[date, list[Spoken]] = {}
    for one in spoken:
        days.setdefault(one.state.rules.calendar.date_of(one.utterance.at), []).append(one)
    return days


def _messages(one: Spoken, to: Addressee, house: OperatorCard, household: tuple[Holding, ...]) -> Iterable[Message]:
    found = draft(
        one.utterance,
        one.state,
        to=to,
        operator=house,
        household=household,
        reference=one.case.survivor,
    )
    main = None
    for channel, destination in found.ways.items():
        message = _message(one, to, found.content, channel, destination, main)
        main = main or message
        yield message


def _message(
    one: Spoken,
    to: Addressee,
    content: Content,
    channel: Channel,
    destination: tuple[str, ...],
    main: Message | None,
) -> Message:
    shadow = one.state.rules.mode_at(one.utterance.at) is Mode.SHADOW
    return Message(
        uuid=uuid_of("copy", str(one.utterance.uuid), channel) if main else one.utterance.uuid,
        utterance=one.utterance.uuid,
        customer=one.customer,
        case=one.case.survivor,
        channel=channel,
        copy_of=main.uuid if main else None,
        language=to.language,
        adviser=to.present.number,
        subject=content.subject,
        content=content.as_json(),
        destination=list(destination),
        written_at=one.utterance.at,
        is_duty=is_duty(one.utterance),
        is_urgent=is_urgent(one.utterance, one.state.rules.calendar),
        state=MessageState.PROPOSED if shadow else MessageState.QUEUED,
    )
