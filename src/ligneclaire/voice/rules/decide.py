"""The gate: what is said of a customer's facts at one instant, what waits, and why. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ligneclaire.promises.rules import Pledge
from ligneclaire.voice.rules.holds import holds, promised
from ligneclaire.voice.rules.matter import Matter, Status, matter_of
from ligneclaire.voice.rules.pledges import commit, review
from ligneclaire.voice.rules.sift import Sifted, sift
from ligneclaire.voice.rules.speak import endings, speak
from ligneclaire.voice.rules.state import Contradiction, End, Hold, Mode, Outcome, State, Utterance
from ligneclaire.voice.rules.timing import dispatch_from

INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Everything that follows from the facts known at an instant."""

    at: datetime
    outcomes: tuple[Outcome, ...]
    utterances: tuple[Utterance, ...]
    contradictions: tuple[Contradiction, ...]
    holds: tuple[Hold, ...]
    pledges: tuple[Pledge, ...]
    look_again_at: datetime | None
    moving: frozenset[str]  # subjects of which something still waits


def decide(state: State, at: datetime) -> Decision:
    """Decide on the facts recorded up to `at` and the earlier utterances; the caller moves time."""
    state = _as_read(state, at)
    sifted = sift(state, (fact for fact in state.facts if fact.recorded_at <= at))
    subjects = {*sifted.live, *state.last_told}
    subjects = subjects if state.moving is None else subjects & state.moving
    matters = tuple(matter_of(state, sifted, subject, at) for subject in sorted(subjects))
    said, pledges = _said(state, sifted, matters, at)
    outcomes = [*sifted.outcomes, *(outcome for matter in matters for outcome in _settled(state, matter))]
    outcomes += [outcome for matter, utterance in said for outcome in endings(state, matter, utterance)]
    utterances = tuple(utterance for _, utterance in said)
    done = state.ended | {outcome.fact for outcome in outcomes}
    return Decision(
        at=at,
        outcomes=tuple(outcomes),
        utterances=utterances,
        contradictions=_contradictions(matters),
        holds=_all_holds(state, matters, done, pledges, at),
        pledges=pledges,
        look_again_at=_look_again_at(state, matters, utterances, pledges, at),
        moving=_moving(matters, utterances) | _proposed(state, utterances, at),
    )


def _as_read(state: State, at: datetime) -> State:
    """Leave out what was only proposed, unless the voice still only proposes."""
    if state.rules.mode_at(at) is Mode.SHADOW or not any(told.is_proposal for told in state.told):
        return state
    return replace(state, told=tuple(told for told in state.told if not told.is_proposal))


def _said(
    state: State, sifted: Sifted, matters: Iterable[Matter], at: datetime
) -> tuple[list[tuple[Matter, Utterance]], tuple[Pledge, ...]]:
    """Speak about each subject of which something leaves now; a proposal promises nothing."""
    calendar, mode = state.rules.calendar, state.rules.mode_at(at)
    pledges = review(state.pledges, sifted.live, calendar=calendar, at=at)
    said: list[tuple[Matter, Utterance]] = []
    for matter in matters:
        utterance = speak(state, sifted, matter, pledges, at) if mode is not Mode.STOP else None
        if utterance:
            said.append((matter, utterance))
            pledges = commit(pledges, utterance, calendar=calendar) if mode is Mode.LIVE else pledges
    # Of what was promised now, some may be proved already, or be over.
    return said, review(pledges, sifted.live, calendar=calendar, at=at) if said else pledges


def _settled(state: State, matter: Matter) -> Iterable[Outcome]:
    """End the facts that need no message: overtaken, settled against, or telling what was told already."""
    for item in matter.items:
        for fact, fate in item.standing.fates.items():
            if fact not in state.ended:
                by = fate.by
                reason = f"by {by.name}" if by else ""
                yield Outcome(fact=fact, end=fate.end, reason=reason, by_fact=by.id if by else None)
        if item.status is Status.SAME and item.told:
            for stated in item.standing.support:
                if stated.id not in state.ended:
                    uuid = item.told.utterance
                    yield Outcome(fact=stated.id, end=End.FOLDED, reason="told already", utterance=uuid)


def _moving(matters: Iterable[Matter], utterances: Iterable[Utterance]) -> frozenset[str]:
    said = {(utterance.subject, telling.key) for utterance in utterances for telling in utterance.tellings}
    return frozenset(
        matter.subject
        for matter in matters
        for item in matter.items
        if item.status is not Status.SAME and (matter.subject, item.key) not in said
    )


def _proposed(state: State, utterances: Iterable[Utterance], at: datetime) -> frozenset[str]:
    """Find the subjects of which something was only proposed: it is still to be said."""
    if state.rules.mode_at(at) is not Mode.SHADOW:
        return frozenset()
    proposed = (told.subject for told in state.told if told.is_proposal)
    return frozenset([*proposed, *(utterance.subject for utterance in utterances)])


def _look_again_at(
    state: State, matters: Iterable[Matter], utterances: Iterable[Utterance], pledges: Iterable[Pledge], at: datetime
) -> datetime | None:
    """Find the next instant at which time alone changes something."""
    calendar = state.rules.calendar
    said = {(utterance.subject, telling.key) for utterance in utterances for telling in utterance.tellings}
    instants = [expiry for pledge in pledges if (expiry := pledge.expires_at(calendar))]
    for matter in matters:
        for item in matter.items:
            if item.is_to_be_told and (matter.subject, item.key) not in said:
                leave = matter.leaves[item.key]
                instants.append(leave if leave > at else dispatch_from(calendar, at + INSTANT))
    return min(instants, default=None)


def _contradictions(matters: Iterable[Matter]) -> tuple[Contradiction, ...]:
    return tuple(
        Contradiction(subject=matter.subject, key=item.key, claims=item.standing.claims, since=item.touched_at)
        for matter in matters
        for item in matter.contested
    )


def _all_holds(
    state: State, matters: Iterable[Matter], done: frozenset[int], pledges: Iterable[Pledge], at: datetime
) -> tuple[Hold, ...]:
    mode, dates = state.rules.mode_at(at), promised(state, pledges)
    return tuple(hold for matter in matters for hold in holds(matter, done, mode, dates))
