"""Which facts may speak: understood, meant for customers, neither withdrawn nor void."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ligneclaire.voice.rules.standing import Settlements
from ligneclaire.voice.rules.state import OWN_RECORDS, SETTLEMENT, WITHDRAWAL, End, Outcome, State, Stated
from ligneclaire.voice.topics import (
    OF_REPAIR,
    OVERTAKEN_BY,
    RENOUNCED,
    SPENT,
    STAYING,
    TOPICS,
    Audience,
    Topic,
    falls,
    meets,
)
from ligneclaire.voice.values import comparable

AN_APPOINTMENT = {False: "visit.at", True: "visit.repair_at"}  # of each sort that a visit ends apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Sifted:
    """The facts of one customer, sorted by what they can do."""

    live: Mapping[str, Mapping[str, tuple[Stated, ...]]]  # by subject, then by topic key
    stated: Mapping[tuple[str, str], tuple[Stated, ...]]  # live or not, by subject and topic key
    settlements: Mapping[tuple[str, str], Settlements]
    withdrawals: tuple[Stated, ...]
    targets: Mapping[int, Stated]  # a withdrawn or void fact -> the fact that took its voice away
    outcomes: tuple[Outcome, ...]  # of facts that end without being said


def sift(state: State, facts: Iterable[Stated]) -> Sifted:
    """Sort facts; whatever can end without a message gets its outcome."""
    facts = tuple(facts)
    speaking = [fact for fact in facts if _speaks(fact, state)]
    withdrawals = tuple(fact for fact in facts if fact.kind == WITHDRAWAL)
    targets = _withdrawn(speaking, withdrawals)
    targets |= _void([fact for fact in speaking if fact.id not in targets])
    withdrawing = frozenset(fact.id for fact in targets.values() if fact.kind == WITHDRAWAL)
    waiting = [fact for fact in facts if fact.id not in state.ended]
    outcomes = [_outcome(fact, state, targets, withdrawing) for fact in waiting]
    return Sifted(
        live=_live(fact for fact in speaking if fact.id not in targets),
        stated=_grouped(speaking),
        settlements=_settlements(facts),
        withdrawals=withdrawals,
        targets=targets,
        outcomes=tuple(outcome for outcome in outcomes if outcome),
    )


def _grouped(facts: Iterable[Stated]) -> dict[tuple[str, str], tuple[Stated, ...]]:
    groups: dict[tuple[str, str], list[Stated]] = defaultdict(list)
    for fact in facts:
        groups[fact.subject, fact.kind].append(fact)
    return {where: tuple(group) for where, group in groups.items()}


def _live(facts: Iterable[Stated]) -> dict[str, dict[str, tuple[Stated, ...]]]:
    live: dict[str, dict[str, tuple[Stated, ...]]] = defaultdict(dict)
    for (subject, key), group in _grouped(facts).items():
        if TOPICS[key].audience in {Audience.CUSTOMER, Audience.PLANS}:
            live[subject][key] = group
    return dict(live)


def _speaks(fact: Stated, state: State) -> bool:
    return fact.kind in TOPICS and fact.source in state.rules.sources


def _withdrawn(facts: Iterable[Stated], withdrawals: Iterable[Stated]) -> dict[int, Stated]:
    by_name = {(fact.source, _target(fact)): fact for fact in sorted(withdrawals, key=lambda f: f.order, reverse=True)}
    return {fact.id: by for fact in facts if (by := by_name.get((fact.source, fact.source_id)))}


def _target(withdrawal: Stated) -> object:
    return withdrawal.value.get("fact") if isinstance(withdrawal.value, dict) else None


def _void(facts: Iterable[Stated]) -> dict[int, Stated]:
    """Find what fell when a contract went on after all, and what was overtaken by a later request or takeover.

    Who renounced a contract has left it for good: only its source takes that back.
    """
    facts = sorted(facts, key=lambda fact: fact.order)
    renounced = {fact.subject: fact for fact in reversed(facts) if fact.kind == RENOUNCED}
    last = {
        (fact.subject, fact.kind, is_of_repair): fact
        for fact in facts
        if not _is_too_late(fact, renounced)
        for is_of_repair, key in AN_APPOINTMENT.items()
        if meets(key, fact.kind, fact.value)
    }
    void: dict[int, Stated] = {}
    for fact in facts:
        by = renounced[fact.subject] if _is_too_late(fact, renounced) else _overtaking(fact, last)
        if by:
            void[fact.id] = by
    return void


def _is_too_late(fact: Stated, renounced: Mapping[str, Stated]) -> bool:
    return fact.kind in STAYING and fact.subject in renounced and renounced[fact.subject].order < fact.order


def _overtaking(fact: Stated, last: Mapping[tuple[str, str, bool], Stated]) -> Stated | None:
    found = (last.get((fact.subject, kind, fact.kind in OF_REPAIR)) for kind in _overtakers(fact.kind))
    later = (by for by in found if by and fact.order < by.order)
    return max(later, key=lambda by: by.order, default=None)


def _overtakers(kind: str) -> Iterable[str]:
    if kind in STAYING:
        return OVERTAKEN_BY[kind]
    return SPENT.get(kind) or [other for other in STAYING if falls(kind, after=other)]


def _settlements(facts: Iterable[Stated]) -> dict[tuple[str, str], dict[frozenset[str], str]]:
    found: dict[tuple[str, str], dict[frozenset[str], str]] = defaultdict(dict)
    for fact in sorted((fact for fact in facts if fact.kind == SETTLEMENT), key=lambda fact: fact.order):
        match fact.value:
            case {"key": str() as key, "values": list() as values, "chosen": chosen} if key in TOPICS:
                found[fact.subject, key][contested(TOPICS[key], values)] = comparable(chosen, TOPICS[key].takes)
    return found


def contested(topic: Topic, values: Iterable[object]) -> frozenset[str]:
    """Name a set of contested values, whoever states them and however they are written."""
    return frozenset(comparable(value, topic.takes) for value in values)


def _outcome(fact: Stated, state: State, targets: Mapping[int, Stated], withdrawing: frozenset[int]) -> Outcome | None:
    if fact.kind == WITHDRAWAL:
        return _of_withdrawal(fact, known=fact.id in withdrawing)
    if by := targets.get(fact.id):
        end = End.WITHDRAWN if by.kind == WITHDRAWAL else End.SUPERSEDED
        return Outcome(fact=fact.id, end=end, reason=f"by {by.name}", by_fact=by.id)
    silent, reason = _silent(fact, state)
    return Outcome(fact=fact.id, end=silent, reason=reason) if silent else None


def _of_withdrawal(fact: Stated, *, known: bool) -> Outcome:
    name = json.dumps(_target(fact), ensure_ascii=False)
    if known:
        return Outcome(fact=fact.id, end=End.NOT_FOR_CUSTOMERS, reason=f"withdraws {name}")
    return Outcome(fact=fact.id, end=End.NOT_UNDERSTOOD, reason=f"no fact {name} of this source to withdraw")


def _silent(fact: Stated, state: State) -> tuple[End | None, str]:
    if fact.kind in OWN_RECORDS:
        return End.NOT_FOR_CUSTOMERS, "our own record"
    if fact.kind not in TOPICS:
        return End.NOT_UNDERSTOOD, f"unknown topic or event {fact.kind!r}"
    if fact.source not in state.rules.sources:
        return End.NOT_UNDERSTOOD, f"unknown source {fact.source!r}"
    audience = TOPICS[fact.kind].audience
    return (None, "") if audience is Audience.CUSTOMER else (End.NOT_FOR_CUSTOMERS, audience.value)
