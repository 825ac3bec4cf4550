"""Move one customer through time: decide at each instant at which something is due, and at no other.

Because every instant is decided on its own, in order, and only once it is over, a worker that comes late
or in between says the same as one that is always there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from ligneclaire.voice.rules.decide import Decision, decide
from ligneclaire.voice.rules.state import Contradiction, Hold, Mode, Outcome, State, Told, Utterance


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What came of a customer's facts between two instants."""

    state: State
    ended: tuple[tuple[datetime, Outcome], ...]
    utterances: tuple[Utterance, ...]
    contradictions: tuple[Contradiction, ...]
    holds: tuple[Hold, ...]
    moving: frozenset[str] | None  # subjects of which something still waits; None: nothing was decided


def advance(state: State, until: datetime) -> Progress:
    """Decide every due instant before `until`; an instant that is not over yet stays for later."""
    ended: list[tuple[datetime, Outcome]] = []
    utterances: list[Utterance] = []
    last: Decision | None = None
    while (at := next_instant(state)) is not None and at < until:
        last = decide(state, at)
        ended += [(at, outcome) for outcome in last.outcomes]
        utterances += last.utterances
        state = after(state, last)
    return Progress(
        state=state,
        ended=tuple(ended),
        utterances=tuple(utterances),
        contradictions=last.contradictions if last else (),
        holds=last.holds if last else (),
        moving=last.moving if last else None,
    )


def next_instant(state: State) -> datetime | None:
    """First instant at which a fact arrived, or time alone changes something, after the last one decided."""
    done = state.decided_to
    arrivals = (fact.recorded_at for fact in state.facts if done is None or fact.recorded_at > done)
    first = min(arrivals, default=None)
    change = state.rules.mode_changes_after(done) if done else None
    return min((at for at in (first, state.look_again_at, change) if at is not None), default=None)


def after(state: State, decision: Decision) -> State:
    """Return the state once a decision is taken."""
    told = tuple(
        Told(
            utterance=utterance.uuid,
            at=utterance.at,
            subject=utterance.subject,
            key=telling.key,
            value=telling.value,
            effective=telling.effective,
            is_proposal=state.rules.mode_at(utterance.at) is Mode.SHADOW,
        )
        for utterance in decision.utterances
        for telling in utterance.tellings
    )
    return replace(
        state,
        told=state.told + told,
        ended=state.ended | {outcome.fact for outcome in decision.outcomes},
        pledges=decision.pledges,
        decided_to=decision.at,
        look_again_at=decision.look_again_at,
    )
