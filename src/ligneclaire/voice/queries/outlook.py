"""All that the voice knows of one person at an instant, for whoever talks to them: one load, no surprises."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

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

    state: State
    decision: Decision
    coming: tuple[tuple[Utterance, State], ...]
    household: tuple[Holding, ...]


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
    owns = {number: _own(loaded[number], held[number], at) for number in theirs}
    calendar = loaded[theirs[0]].rules.calendar
    days = {calendar.date_of(at), *(_day(*one) for own in owns.values() for one in own.coming)}
    known = addressees.under_days(theirs, days)
    file = cards.file_of(theirs)
    plans_of = plans.of(theirs, {number: own.decision.pledges for number, own in owns.items()})
    decisions = [own.decision for own in owns.values()]
    waiting = {fact for decision in decisions for hold in decision.holds for fact in hold.facts}
    return Outlook(
        operator=house.operator,
        departments=house.departments,
        calendar=calendar,
        mode=max((change for change in changes if change.at <= at), key=lambda change: change.at, default=None),
        customer=known[calendar.date_of(at)][theirs[0]],
        numbers=theirs,
        household=tuple(holding for number in theirs for holding in held[number]),
        ending=frozenset().union(*(ending.contracts(own.state, at=at) for own in owns.values())),
        cases=file.cases,
        questions=file.questions,
        holds=tuple(hold for decision in decisions for hold in decision.holds),
        contradictions=tuple(found for decision in decisions for found in decision.contradictions),
        facts={fact.id: fact for own in owns.values() for fact in own.state.facts if fact.id in waiting},
        previews=tuple(
            _preview(
                utterance,
                after,
                to=known[_day(utterance, after)][addressee(after, at=utterance.at)],
                operator=house.operator,
                household=own.household,
                cases=file.cases,
            )
            for own in owns.values()
            for utterance, after in own.coming
        ),
        pledges=tuple(pledge for decision in decisions for pledge in decision.pledges),
        plans=tuple(plan for number in theirs for plan in plans_of.get(number, ())),
    )


def _claims(theirs: tuple[str, ...]) -> tuple[Claim, ...]:
    known = {claim.key: claim for claim in claims_of(theirs)}
    return tuple(
        known.get(number) or Claim(key=number, customer=number, handled_to=None, again_at=None) for number in theirs
    )


def _own(loaded: State, household: tuple[Holding, ...], at: datetime) -> _Own:
    state = advance(loaded, at + INSTANT).state
    decision = decide(state, at)
    return _Own(state=state, decision=decision, coming=_coming(state, decision.holds, at), household=household)


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
