"""All that the voice knows of one customer at an instant, for whoever talks to them: one load, no surprises."""

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
from ligneclaire.people.queries import addressees
from ligneclaire.people.queries.addressees import Addressee
from ligneclaire.people.queries.operator import OperatorCard
from ligneclaire.promises.rules import Pledge
from ligneclaire.voice.draft import draft
from ligneclaire.voice.queries import rules, states
from ligneclaire.voice.queries.rules import ModeCard
from ligneclaire.voice.queries.waiting import INSTANT
from ligneclaire.voice.rules import ending
from ligneclaire.voice.rules.advance import advance
from ligneclaire.voice.rules.decide import decide
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
    customer: Addressee
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


def of(number: str, *, at: datetime) -> Outlook | None:
    """Everything that waits for a customer, worded as it would be if nothing else happened; None for a stranger."""
    house, changes = rules.house_and_changes()
    claims = claims_of([number]) or (Claim(key=number, customer=number, handled_to=None, again_at=None),)
    loaded, held = states.of(claims, until=at + INSTANT, without=(), current=rules.of(house, changes))
    state = advance(loaded[number], at + INSTANT).state
    decision = decide(state, at)
    coming = _coming(state, decision.holds, at)
    today = state.rules.calendar.date_of(at)
    known = addressees.of_days([number], {today, *(_day(utterance, state) for utterance, _ in coming)})
    if number not in known[today]:
        return None
    file = cards.file_of(number)
    waiting = {fact for hold in decision.holds for fact in hold.facts}
    return Outlook(
        operator=house.operator,
        departments=house.departments,
        calendar=state.rules.calendar,
        mode=max((change for change in changes if change.at <= at), key=lambda change: change.at, default=None),
        customer=known[today][number],
        household=held[number],
        ending=ending.contracts(state, at=at),
        cases=file.cases,
        questions=file.questions,
        holds=decision.holds,
        contradictions=decision.contradictions,
        facts={fact.id: fact for fact in state.facts if fact.id in waiting},
        previews=tuple(
            _preview(
                utterance,
                after,
                to=known[_day(utterance, after)][number],
                operator=house.operator,
                household=held[number],
                cases=file.cases,
            )
            for utterance, after in coming
        ),
        pledges=decision.pledges,
        plans=plans.of([number], {number: decision.pledges}).get(number, ()),
    )


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
