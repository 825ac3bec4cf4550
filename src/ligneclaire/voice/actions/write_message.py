"""An adviser writes to a customer in their own words, with the frame of every other message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from pydantic import TypeAdapter

from ligneclaire.cases.actions.open_cases import Need, open_cases
from ligneclaire.cases.queries import cards
from ligneclaire.cases.states import CaseKind
from ligneclaire.channels.models import Message
from ligneclaire.channels.queries import enclosures, entries
from ligneclaire.channels.rules.enclosing import check_fit
from ligneclaire.channels.states import Channel, MessageState
from ligneclaire.facts.news import announce
from ligneclaire.facts.record import hold
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.ref import Ref, uuid7
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.people.queries import addressees, advisers, numbers, operator
from ligneclaire.people.queries.addressees import Addressee
from ligneclaire.promises.actions.give_promise import Given, PromisedForThePast, give_promise
from ligneclaire.voice.draft import reachable_now
from ligneclaire.voice.models import Review, Writing
from ligneclaire.voice.queries import reviews, rules
from ligneclaire.voice.rules.reviews import ReviewState
from ligneclaire.voice.rules.state import Mode
from ligneclaire.voice.tasks import send_after
from ligneclaire.voice.wording.standard import left_in
from ligneclaire.voice.wording.written import written

SECONDS_TO_TAKE_BACK = 30
SIGNER = "signer"  # beside what is typed


class CustomerUnknown(Refused):
    """There is no customer with this number."""


class NotReachable(Refused):
    """The customer has no destination on this channel."""


class NotTheirs(Refused):
    """The entry to answer, or the case, is another customer's."""


class FilesChanged(Refused):
    """The files are not those that were seen."""


class AnsweredAlready(Refused):
    """Somebody has answered this entry; `message` is the answer."""


class LeftToFill(Refused):
    """A place of a standard text has not been filled in; `places` says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What an adviser writes; `case` is a reference or empty, `answers` the entry that it answers."""

    customer: str
    channel: Channel
    subject: str
    text: str
    case: str = ""
    answers: UUID | None = None
    promise: Given | None = None
    files: tuple[str, ...] = ()
    """The sha-256 of each file that goes with it, as the writer saw them."""
    is_registered: bool = False
    """Whether the post is to prove its delivery, where it is a letter."""
    signer: str = ""
    """The adviser who signs and answers, where it is not the writer."""
    is_urgent: bool = False
    """Leaves at quiet hours too."""
    has_own_words: bool = True
    """Whether somebody typed some of it; what is all ours waits for no second adviser."""

    def as_json(self) -> dict[str, Any]:
        """As they are kept."""
        kept: dict[str, Any] = WORDS.dump_python(self, mode="json")
        return kept

    def as_typed(self) -> dict[str, str]:
        """As they are typed at the desk, with who signs where that is another."""
        typed = {"channel": self.channel.value, "subject": self.subject, "text": self.text, "case": self.case}
        typed |= {"is_registered": "on"} if self.is_registered else {}
        typed |= {SIGNER: self.signer} if self.signer else {}
        return typed | (self.promise.as_typed() if self.promise else {})

    @staticmethod
    def from_json(kept: Mapping[str, Any]) -> Words:
        """As they were kept."""
        return WORDS.validate_python(kept)


WORDS = TypeAdapter(Words)


@transaction.atomic
def write_message(*, message: UUID, words: Words, by: Actor, at: datetime) -> None:
    """Queue a message, once; it leaves half a minute later, unless it is taken back.

    What a second adviser looks at first waits for that, unless one has approved it. One entry has one answer. The
    promise in it is the writer's. Raises also `PromisedForThePast`, `NoFilesByText` and `NotOnPaper`.
    """
    refuse_unless(by, may=Right.WRITE)
    own = _own(words)
    hold({words.customer, own})
    if Message.objects.filter(uuid=message).exists() or _is_handed_in(message):
        return
    house = operator.current()
    today = house.calendar.date_of(at)
    to, destination = _reached(words, today)
    _check(message, words)
    if _waits_for_a_look(message, words, own, today, by=by, at=at):
        return
    reference, signer = _reference(words, own, to, by, at), words.signer or by.number
    content = written(
        subject=words.subject,
        text=words.text,
        to=to,
        by=advisers.cards([signer])[signer],
        operator=house,
        today=today,
        reference=reference,
    )
    is_proposal = rules.mode_now() is Mode.SHADOW
    Message.objects.create(
        uuid=message,
        utterance=message,
        customer=own,
        case=reference,
        channel=words.channel,
        language=content.language,
        adviser=signer,
        subject=content.subject,
        content=content.as_json(),
        destination=list(destination),
        is_registered=words.is_registered and words.channel is Channel.LETTER,
        written_at=at,
        written_by=str(by),
        answers=words.answers,
        is_urgent=words.is_urgent,
        state=MessageState.PROPOSED if is_proposal else MessageState.QUEUED,
    )
    if words.promise and not is_proposal:
        give_promise(given=words.promise, customer=own, made_in=message, owner=by.number, today=today, by=by, at=at)
    Writing.objects.filter(uuid=message).delete()
    if not is_proposal:
        send_after(message, seconds=SECONDS_TO_TAKE_BACK)
    announce({words.customer, own})


def _own(words: Words) -> str:
    """The number under which it is recorded: that of its case or else of what it answers, which may be merged."""
    theirs = numbers.of(words.customer) or (words.customer,)
    case = cards.by_reference(words.case)
    if words.case and (case is None or case.customer not in theirs):
        raise NotTheirs(case=words.case, customer=words.customer)
    answered = entries.by_uuid(words.answers).customer if words.answers else theirs[0]
    if answered not in theirs:
        raise NotTheirs(entry=words.answers, customer=words.customer)
    return case.customer if case else answered


def _reached(words: Words, today: date) -> tuple[Addressee, tuple[str, ...]]:
    to = addressees.of([words.customer], on=today).get(words.customer)
    if to is None:
        raise CustomerUnknown(customer=words.customer)
    destination = reachable_now(to)[words.channel]
    if not destination:
        raise NotReachable(customer=words.customer, channel=words.channel)
    return to, destination


def _check(message: UUID, words: Words) -> None:
    files = enclosures.of(message)
    if tuple(file.sha256 for file in files) != words.files:
        raise FilesChanged(message=message)
    check_fit(words.channel, ((file.name, file.kind) for file in files))
    if places := left_in(f"{words.subject}\n{words.text}"):
        raise LeftToFill(places=places)
    if words.answers and (answer := entries.answer_to(words.answers)):
        raise AnsweredAlready(entry=words.answers, message=answer)


def _is_handed_in(message: UUID) -> bool:
    return Review.objects.filter(message=message, state=ReviewState.WAITING).exists()


def _waits_for_a_look(message: UUID, words: Words, own: str, today: date, *, by: Actor, at: datetime) -> bool:
    """Hand it in to a second adviser, if one is to look; the words are kept, and nothing is promised yet."""
    if not words.has_own_words:
        return False
    promised = words.promise.text if words.promise else ""
    causes = reviews.causes_of(message, f"{words.subject}\n{words.text}\n{promised}", by=by, today=today)
    if not causes:
        return False
    if words.promise and words.promise.due_on < today:
        raise PromisedForThePast(due_on=words.promise.due_on, today=today)
    Review.objects.create(
        uuid=uuid7(at),
        message=message,
        customer=own,
        author=by.number,
        causes=list(causes),
        words=words.as_json(),
        asked_at=at,
    )
    announce({words.customer, own})
    return True


def _reference(words: Words, own: str, to: Addressee, by: Actor, at: datetime) -> str:
    """Of the case it belongs to; what belongs to none opens, or goes on with, the customer's conversation."""
    if words.case:
        return cards.by_references([words.case])[words.case].survivor
    key = (own, str(Ref("customer", own)))
    need = Need(kind=CaseKind.CONVERSATION, owner=to.adviser.number, opened_at=at)
    return open_cases(needs={key: need}, by=by, at=at)[key].survivor
