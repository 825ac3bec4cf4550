"""The start of the space: who answers, what goes on, what we still owe an answer to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ligneclaire.channels.queries import messages
from ligneclaire.channels.queries.messages import MessageCard
from ligneclaire.contracts.queries import household
from ligneclaire.contracts.queries.household import Holding
from ligneclaire.flow.states import JourneyState, StepState
from ligneclaire.journeys.queries import plans
from ligneclaire.journeys.queries.plans import PlanCard
from ligneclaire.people.queries import addressees, consents, operator
from ligneclaire.people.queries.addressees import Addressee
from ligneclaire.people.queries.consents import ConsentCard
from ligneclaire.people.queries.operator import OperatorCard
from ligneclaire.people.states import Purpose
from ligneclaire.promises.queries import pledges
from ligneclaire.promises.rules import Matter, Pledge, PledgeState
from ligneclaire.space import words
from ligneclaire.space.queries.contracts import told_ends
from ligneclaire.voice.queries import papers
from ligneclaire.voice.wording import explain
from ligneclaire.voice.wording.plans import DrawnPlan, for_customer

NEWEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Something that we told, for a day or without one; `is_late` when the day passed and nobody said it happened."""

    about: str
    what: str
    value: str
    due_on: date | None
    is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """Something that we said we would tell, and about which contract."""

    about: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan under way, drawn; `label_for` is the contract whose equipment has to come back, if any."""

    drawn: DrawnPlan
    label_for: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The whole page."""

    answers: Addressee
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
    return Home(
        answers=addressees.of([customer], on=today)[customer],
        plans=_plans(found, held, operator.current()),
        told=_told(promised, held, _kept(found)),
        waits=_waits(promised, held),
        newest=messages.sent_to(numbers, limit=NEWEST),
        ask_welcome_back=answer is None and (ask_welcome_back or _has_left(held, made, today)),
        welcome_back=answer,
    )


def _plans(found: Sequence[PlanCard], held: Sequence[Holding], house: OperatorCard) -> tuple[Plan, ...]:
    offers = _offers(held)
    calendar = house.calendar
    return tuple(
        Plan(
            drawn=for_customer(
                card, contract=offers.get(card.subject, ""), calendar=calendar, language=words.language()
            ),
            label_for=next(iter(papers.awaited([card], told=True)), ""),
        )
        for card in found
        if card.state is JourneyState.RUNNING
    )


def _kept(found: Iterable[PlanCard]) -> frozenset[tuple[str, str]]:
    """The topics whose day has come as told, because the step of a plan is done."""
    return frozenset(
        (card.subject, step.tells) for card in found for step in card.steps if step.state is StepState.DONE
    )


def _told(promised: Iterable[Pledge], held: Sequence[Holding], kept: Collection[tuple[str, str]]) -> tuple[Told, ...]:
    offers = _offers(held)
    found = [_row(one, offers.get(one.subject, ""), kept) for one in promised if one.matter is Matter.VALUE]
    return tuple(sorted(found, key=lambda row: (row.due_on or date.max, row.about, row.what)))


def _row(pledge: Pledge, about: str, kept: Collection[tuple[str, str]]) -> Told:
    language = words.language()
    name = explain.topic_name(pledge.key, language=language)
    says_more = pledge.due_on is None or pledge.value != pledge.due_on.isoformat()
    return Told(
        about=about,
        what=name[:1].upper() + name[1:],
        value=explain.value_text(pledge.key, pledge.value, language=language) if says_more else "",
        due_on=pledge.due_on,
        is_late=pledge.state is PledgeState.UNCONFIRMED and (pledge.subject, pledge.key) not in kept,
    )


def _waits(promised: Iterable[Pledge], held: Sequence[Holding]) -> tuple[Waits, ...]:
    offers = _offers(held)
    telling = [one for one in promised if one.matter is Matter.TELLING]
    telling.sort(key=lambda one: (one.due_on or date.max, one.subject, one.key))
    return tuple(
        Waits(about=offers.get(one.subject, ""), says=explain.still_to_tell(one, language=words.language()))
        for one in telling
    )


def _offers(held: Sequence[Holding]) -> dict[str, str]:
    """What each contract is called, by the subject that it is."""
    return {f"contract:{holding.contract}": holding.offer_name for holding in held}


def _has_left(held: Sequence[Holding], made: Iterable[Pledge], today: date) -> bool:
    ends = told_ends(made)
    return all(holding.contract in ends and ends[holding.contract] < today for holding in held)
