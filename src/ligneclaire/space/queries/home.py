"""The start of the space: who answers, what goes on, what we still owe an answer to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from ligneclaire.channels.queries import messages
from ligneclaire.channels.queries.messages import MessageCard
from ligneclaire.contracts.queries import household
from ligneclaire.contracts.queries.household import Holding
from ligneclaire.flow.states import StepState
from ligneclaire.journeys.plans.line import CREDIT, REPAIR_AT, VISIT_AT
from ligneclaire.journeys.queries import plans
from ligneclaire.journeys.queries.plans import PlanCard
from ligneclaire.people.queries import addressees, consents, operator
from ligneclaire.people.queries.addressees import Addressee
from ligneclaire.people.queries.consents import ConsentCard
from ligneclaire.people.states import Purpose
from ligneclaire.promises.queries import pledges
from ligneclaire.promises.rules import Matter, Pledge, PledgeState
from ligneclaire.space import words
from ligneclaire.space.queries import plans as going_on
from ligneclaire.space.queries.contracts import FIXED, told_ends
from ligneclaire.space.queries.plans import Plan, offers
from ligneclaire.voice.queries import told
from ligneclaire.voice.wording import explain

NEWEST = 3
CREDITS_SHOWN = timedelta(days=62)  # until the bill that they are taken off has come


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Something that we told, for a day or without one; its value `says_day` where it names the day itself.

    It `is_late` when the day passed and nobody said it happened.
    """

    about: str
    what: str
    value: str
    due_on: date | None
    is_late: bool
    says_day: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """Something that we said we would tell, and about which contract."""

    about: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The whole page."""

    answers: Addressee
    has_lines: bool
    plans: tuple[Plan, ...]
    told: tuple[Told, ...]
    waits: tuple[Waits, ...]
    newest: tuple[MessageCard, ...]
    ask_welcome_back: bool
    welcome_back: ConsentCard | None


def of(numbers: tuple[str, ...], *, today: date, ask_welcome_back: bool = False) -> Home:
    """The start page of a person; the question of a return is put once, when everything has ended or on demand."""
    customer = numbers[0]
    held = tuple(holding for own in household.of(numbers).values() for holding in own)
    made_of = pledges.of(numbers)
    made = tuple(pledge for number in numbers for pledge in made_of.get(number, ()))
    promised = [one for one in made if one.is_waiting]
    answer = consents.answer_of(customer, Purpose.WELCOME_BACK)
    plans_of = plans.of(numbers, made_of)
    found = tuple(plan for number in numbers for plan in plans_of.get(number, ()))
    calendar = operator.current().calendar
    return Home(
        answers=addressees.of([customer], on=today)[customer],
        has_lines=_has_lines(held),
        plans=going_on.of(found, held, calendar=calendar),
        told=(
            *_told(promised, held, _kept(found)),
            *_credits(numbers, held, since=calendar.at(today, time()) - CREDITS_SHOWN),
        ),
        waits=_waits(promised, held),
        newest=messages.sent_to(numbers, limit=NEWEST),
        ask_welcome_back=answer is None and (ask_welcome_back or _has_left(held, made, today)),
        welcome_back=answer,
    )


def _kept(found: Iterable[PlanCard]) -> frozenset[tuple[str, str]]:
    """The topics whose day has come as told, because the step of a plan is done."""
    return frozenset(
        (card.subject, step.tells) for card in found for step in card.steps if step.state is StepState.DONE
    )


def _told(promised: Iterable[Pledge], held: Sequence[Holding], kept: Collection[tuple[str, str]]) -> tuple[Told, ...]:
    names = offers(held)
    found = [_row(one, names.get(one.subject, ""), kept) for one in promised if one.matter is Matter.VALUE]
    return tuple(sorted(found, key=lambda row: (row.due_on or date.max, row.about, row.what)))


def _credits(numbers: Collection[str], held: Sequence[Holding], *, since: datetime) -> tuple[Told, ...]:
    """What we said that we take off a bill: no promise for a day, but money of theirs."""
    names, language = offers(held), words.language()
    last = told.last_told(numbers, CREDIT, since=since)
    return tuple(
        Told(
            about=names.get(one.subject, ""),
            what=_title(CREDIT, language),
            value=explain.value_text(CREDIT, one.value, language=language),
            due_on=None,
            is_late=False,
        )
        for one in last.values()
        if one.value is not None
    )


def _title(key: str, language: str) -> str:
    name = explain.topic_name(key, language=language)
    return name[:1].upper() + name[1:]


def _row(pledge: Pledge, about: str, kept: Collection[tuple[str, str]]) -> Told:
    language = words.language()
    says_more = pledge.due_on is None or pledge.value != pledge.due_on.isoformat()
    return Told(
        about=about,
        what=_title(pledge.key, language),
        value=explain.value_text(pledge.key, pledge.value, language=language) if says_more else "",
        due_on=pledge.due_on,
        is_late=pledge.state is PledgeState.UNCONFIRMED and (pledge.subject, pledge.key) not in kept,
        says_day=pledge.key in {VISIT_AT, REPAIR_AT},
    )


def _waits(promised: Iterable[Pledge], held: Sequence[Holding]) -> tuple[Waits, ...]:
    names = offers(held)
    telling = [one for one in promised if one.matter is Matter.TELLING]
    telling.sort(key=lambda one: (one.due_on or date.max, one.subject, one.key))
    return tuple(
        Waits(about=names.get(one.subject, ""), says=explain.still_to_tell(one, language=words.language()))
        for one in telling
    )


def _has_lines(held: Iterable[Holding]) -> bool:
    return any(holding.kind == FIXED for holding in held)


def _has_left(held: Sequence[Holding], made: Iterable[Pledge], today: date) -> bool:
    ends = told_ends(made)
    return all(holding.contract in ends and ends[holding.contract] < today for holding in held)
