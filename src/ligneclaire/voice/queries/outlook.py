"""All that the voice knows of one person at an instant, for whoever talks to them: one load, no surprises."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain
from typing import TypeVar

from ligneclaire.cases.queries import cards
from ligneclaire.cases.queries.cards import CaseCard, QuestionCard
from ligneclaire.cases.states import CaseState
from ligneclaire.channels.content import Content
from ligneclaire.channels.states import Channel
from ligneclaire.contracts.queries.household import Holding
from ligneclaire.facts.delivery import Claim, claims_of
from ligneclaire.journeys.queries import plans
from ligneclaire.journeys.queries.plans import PlanCard
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.people.queries import addressees, numbers
from ligneclaire.people.queries.addressees import Addressee
from ligneclaire.people.queries.operator import OperatorCard
from ligneclaire.promises.rules import Pledge
from ligneclaire.voice.draft import draft
from ligneclaire.voice.queries import rules, states
from ligneclaire.voice.queries.rules import ModeCard
from ligneclaire.voice.queries.waiting import INSTANT
from ligneclaire.voice.rules import ending
from ligneclaire.voice.rules.addressing import addressee
from ligneclaire.voice.rules.advance import advance
from ligneclaire.voice.rules.decide import Decision, decide
from ligneclaire.voice.rules.state import Contradiction, Hold, Mode, State, Stated, Utterance

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A message as it would leave if nothing else happened until then."""

    subject: str
    leaves_at: datetime
    content: Content
    ways: Mapping[Channel, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """A customer, what they hold, what waits to be said to them and how, and what they were promised."""

    operator: OperatorCard
    departments: Mapping[str, str]  # by code
    calendar: Calendar
    mode: ModeCard | None  # the last change of mode; None: always live
    customer: Addressee  # who is meant by all of the numbers
    numbers: tuple[str, ...]  # theirs, that of `customer` first
    household: tuple[Holding, ...]
    ending: frozenset[str]  # the contracts of the household that end or have ended
    cases: tuple[CaseCard, ...]
    questions: tuple[QuestionCard, ...]  # newest first
    holds: tuple[Hold, ...]
    contradictions: tuple[Contradiction, ...]
    facts: Mapping[int, Stated]  # those that wait
    previews: tuple[Preview, ...]
    pledges: tuple[Pledge, ...]
    plans: tuple[PlanCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Own:
    """What waits under one number."""

    number: str
    state: State
    decision: Decision
    coming: tuple[tuple[Utterance, State], ...]
    household: tuple[Holding, ...]

    @property
    def days(self) -> frozenset[date]:
        """On which something would leave."""
        return frozenset(_day(utterance, after) for utterance, after in self.coming)

    @property
    def waiting(self) -> tuple[Stated, ...]:
        """The facts that wait."""
        held = frozenset(_all(hold.facts for hold in self.decision.holds))
        return tuple(fact for fact in self.state.facts if fact.id in held)


def of(number: str, *, at: datetime) -> Outlook | None:
    """Everything that waits for a person under any of their numbers, worded as if nothing else happened until then.

    None for a stranger.
    """
    theirs = numbers.of(number)
    return under(theirs, at=at) if theirs else None


def under(theirs: tuple[str, ...], *, at: datetime) -> Outlook:
    """The same for all numbers of a person, the survivor's first, by whoever knows them."""
    house, changes = rules.house_and_changes()
    loaded, held = states.of(_claims(theirs), until=at + INSTANT, without=(), current=rules.of(house, changes))
    owns = [_own(number, loaded[number], held[number], at) for number in theirs]
    calendar = owns[0].state.rules.calendar
    today = calendar.date_of(at)
    known = addressees.under_days(theirs, {today, *_of_all(owns, lambda own: own.days)})
    file = cards.file_of(theirs)
    plans_of = plans.of(theirs, {own.number: own.decision.pledges for own in owns})
    waiting = _of_all(owns, lambda own: own.waiting)
    return Outlook(
        operator=house.operator,
        departments=house.departments,
        calendar=calendar,
        mode=max((change for change in changes if change.at <= at), key=lambda change: change.at, default=None),
        customer=known[today][theirs[0]],
        numbers=theirs,
        household=_of_all(owns, lambda own: own.household),
        ending=frozenset(_of_all(owns, lambda own: ending.contracts(own.state, at=at))),
        cases=file.cases,
        questions=file.questions,
        holds=_of_all(owns, lambda own: own.decision.holds),
        contradictions=_of_all(owns, lambda own: own.decision.contradictions),
        facts={fact.id: fact for fact in waiting},
        previews=_of_all(owns, lambda own: _previews(own, known, house.operator, file.cases)),
        pledges=_of_all(owns, lambda own: own.decision.pledges),
        plans=_all(plans_of.get(number, ()) for number in theirs),
    )


def _of_all(owns: Iterable[_Own], part: Callable[[_Own], Iterable[T]]) -> tuple[T, ...]:
    return _all(part(own) for own in owns)


def _all(parts: Iterable[Iterable[T]]) -> tuple[T, ...]:
    return tuple(chain.from_iterable(parts))


def _claims(theirs: tuple[str, ...]) -> tuple[Claim, ...]:
    known = {claim.key: claim for claim in claims_of(theirs)}
    return tuple(
        known.get(number) or Claim(key=number, customer=number, handled_to=None, again_at=None) for number in theirs
    )


def _own(number: str, loaded: State, household: tuple[Holding, ...], at: datetime) -> _Own:
    state = advance(loaded, at + INSTANT).state
    decision = decide(state, at)
    coming = _coming(state, decision.holds, at)
    return _Own(number=number, state=state, decision=decision, coming=coming, household=household)


def _previews(
    own: _Own,
    known: Mapping[date, Mapping[str, Addressee]],
    operator: OperatorCard,
    cases: Iterable[CaseCard],
) -> Iterator[Preview]:
    for utterance, after in own.coming:
        to = known[_day(utterance, after)][addressee(after, at=utterance.at)]
        yield _preview(utterance, after, to=to, operator=operator, household=own.household, cases=cases)


def _coming(state: State, holds: Iterable[Hold], at: datetime) -> tuple[tuple[Utterance, State], ...]:
    """What would be said, each with the state after it; a stopped voice shows what it would say."""
    leaves = {hold.until for hold in holds if hold.until and hold.reason != "contradiction"}
    if not leaves:
        return ()
    speaking = replace(state, rules=replace(state.rules, modes=((at, Mode.LIVE),)), look_again_at=min(leaves))
    progress = advance(speaking, max(leaves) + INSTANT)
    return tuple((utterance, progress.state) for utterance in progress.utterances)


def _day(utterance: Utterance, state: State) -> date:
    return state.rules.calendar.date_of(utterance.at)


def _preview(
    utterance: Utterance,
    state: State,
    *,
    to: Addressee,
    operator: OperatorCard,
    household: tuple[Holding, ...],
    cases: Iterable[CaseCard],
) -> Preview:
    open_ = (case for case in cases if case.subject == utterance.subject and case.state == CaseState.OPEN)
    case = next(open_, None)
    found = draft(
        utterance, state, to=to, operator=operator, household=household, reference=case.survivor if case else ""
    )
    return Preview(subject=utterance.subject, leaves_at=utterance.at, content=found.content, ways=found.ways)
