"""What waits to be said, why and until when."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ligneclaire.facts.delivery import Claim, claims_of, soonest
from ligneclaire.voice.queries import states
from ligneclaire.voice.rules.advance import advance
from ligneclaire.voice.rules.decide import decide
from ligneclaire.voice.rules.state import Contradiction, Hold, Rules, State

INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """The facts of one customer that wait, and the contradictions among them."""

    holds: tuple[Hold, ...]
    contradictions: tuple[Contradiction, ...]
    names: dict[int, str]  # "source/id" of each fact


def of(customers: Collection[str], *, at: datetime) -> dict[str, Waiting]:
    """What waits for each of these customers at an instant."""
    return _of(claims_of(customers), at)


def next_ones(*, at: datetime, limit: int, skip: int = 0, current: Rules | None = None) -> dict[str, Waiting]:
    """The same for the customers for whom something happens next, soonest first; under rules that are known already."""
    return _of(soonest(limit=limit, skip=skip), at, current)


def _of(claims: Sequence[Claim], at: datetime, current: Rules | None = None) -> dict[str, Waiting]:
    loaded, _ = states.of(claims, until=at + INSTANT, without=(), current=current)
    return {key: _waiting(state, at) for key, state in loaded.items()}


def _waiting(state: State, at: datetime) -> Waiting:
    decision = decide(advance(state, at + INSTANT).state, at)
    names = {fact.id: fact.name for fact in state.facts}
    return Waiting(holds=decision.holds, contradictions=decision.contradictions, names=names)
