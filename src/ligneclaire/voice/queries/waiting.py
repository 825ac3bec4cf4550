"""What waits to be said, why, until when, and exactly how it would be said."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ligneclaire.cases.queries import cards
from ligneclaire.channels.content import Content
from ligneclaire.contracts.queries.household import Holding
from ligneclaire.facts.delivery import claims_of
from ligneclaire.people.queries import addressees, operator
from ligneclaire.voice.queries import states
from ligneclaire.voice.rules import ending
from ligneclaire.voice.rules.advance import advance
from ligneclaire.voice.rules.decide import decide
from ligneclaire.voice.rules.state import Contradiction, Hold, Mode, State, Utterance
from ligneclaire.voice.wording.compose import compose
from ligneclaire.voice.wording.context import Context

INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """The facts of one customer that wait, and the contradictions among them."""

    holds: tuple[Hold, ...]
    contradictions: tuple[Contradiction, ...]
    names: dict[int, str]  # "source/id" of each fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A message as it would leave if nothing else happened until then."""

    subject: str
    leaves_at: datetime
    content: Content


def of(customers: Collection[str], *, at: datetime) -> dict[str, Waiting]:
    """What waits for each of these customers at an instant."""
    loaded, _ = states.of(claims_of(customers), until=at + INSTANT, without=())
    return {key: _waiting(state, at) for key, state in loaded.items()}


def previews(customer: str, *, at: datetime) -> tuple[Preview, ...]:
    """Every message that is on its way to this customer, worded as it would be if nothing else happened."""
    loaded, held = states.of(claims_of([customer]), until=at + INSTANT, without=())
    if customer not in loaded:
        return ()
    state = advance(loaded[customer], at + INSTANT).state
    # A stopped voice shows what it would say.
    state = replace(state, rules=replace(state.rules, modes=((at, Mode.LIVE),)))
    leaves = {hold.until for hold in decide(state, at).holds if hold.until and hold.reason != "contradiction"}
    if not leaves:
        return ()
    progress = advance(replace(state, look_again_at=min(leaves)), max(leaves) + INSTANT)
    return tuple(_preview(customer, utterance, progress.state, held[customer]) for utterance in progress.utterances)


def _waiting(state: State, at: datetime) -> Waiting:
    decision = decide(advance(state, at + INSTANT).state, at)
    names = {fact.id: fact.name for fact in state.facts}
    return Waiting(holds=decision.holds, contradictions=decision.contradictions, names=names)


def _preview(customer: str, utterance: Utterance, state: State, household: tuple[Holding, ...]) -> Preview:
    day = state.rules.calendar.date_of(utterance.at)
    addressee = addressees.of([customer], on=day)[customer]
    case = cards.open_of([customer]).get((customer, utterance.subject))
    context = Context(
        language=addressee.language,
        calendar=state.rules.calendar,
        operator=operator.current(),
        addressee=addressee,
        household=household,
        ending=ending.contracts(state),
        reference=case.reference if case else "",
    )
    return Preview(subject=utterance.subject, leaves_at=utterance.at, content=compose(utterance, context))
