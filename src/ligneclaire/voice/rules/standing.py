"""Which value of a topic stands, which facts yield, and where two departments disagree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ligneclaire.voice.rules.state import Claim, End, Stated
from ligneclaire.voice.topics import Topic
from ligneclaire.voice.values import Takes

# For a set of contested values (each in comparable form), the value that was chosen (likewise).
Settlements = Mapping[frozenset[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """Why a fact stands no longer."""

    end: End
    by: Stated | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the facts say about one topic and subject: a value, several, or nothing any more."""

    value: object = None
    effective: date | None = None
    support: tuple[Stated, ...] = ()
    claims: tuple[Claim, ...] = ()
    fates: Mapping[int, Fate] = field(default_factory=dict)

    @property
    def is_contested(self) -> bool:
        """Whether a person has to settle it."""
        return bool(self.claims)

    @property
    def stands(self) -> bool:
        """Whether there is one value to tell."""
        return bool(self.support)


NOTHING = Standing()


def stand(topic: Topic, live: Iterable[Stated], settlements: Settlements) -> Standing:
    """Weigh the live facts of one topic and subject: same source later, then rank, then settlement."""
    facts = sorted(live, key=lambda fact: fact.order)
    if not facts:
        return NOTHING
    if topic.takes is Takes.EVENT:
        return Standing(value=facts[0].value, support=tuple(facts))
    if topic.takes is Takes.REQUEST:
        return _newest(facts)
    if len(facts) == 1:
        return Standing(value=facts[0].value, effective=facts[0].effective, support=(facts[0],))
    latest = {fact.source: fact for fact in facts}
    groups = _in_charge(topic, latest)
    chosen = next(iter(groups)) if len(groups) == 1 else settlements.get(frozenset(groups))
    fates = _fates(facts, latest, groups, chosen)
    if chosen is None:
        return Standing(claims=_claims(facts, fates, groups), fates=fates)
    support = tuple(fact for fact in facts if fact.id not in fates)
    return Standing(value=groups[chosen][0].value, effective=_effective(groups[chosen]), support=support, fates=fates)


def _newest(facts: Sequence[Stated]) -> Standing:
    """What was asked for last, by whoever took it down that day; what was asked on other days is over."""
    last = facts[-1]
    support = tuple(fact for fact in facts if fact.effective == last.effective)
    fates = {fact.id: Fate(end=End.SUPERSEDED, by=last) for fact in facts if fact.effective != last.effective}
    return Standing(value=last.value, effective=last.effective, support=support, fates=fates)


def _in_charge(topic: Topic, latest: Mapping[str, Stated]) -> dict[str, list[Stated]]:
    """Group what the departments of the best rank say, by value."""
    best = min(topic.rank_of(source) for source in latest)
    groups: dict[str, list[Stated]] = {}
    for fact in latest.values():
        if topic.rank_of(fact.source) == best:
            groups.setdefault(fact.says, []).append(fact)
    return groups


def _fates(
    facts: Sequence[Stated],
    latest: Mapping[str, Stated],
    groups: Mapping[str, Sequence[Stated]],
    chosen: str | None,
) -> dict[int, Fate]:
    ruling = max((fact for group in groups.values() for fact in group), key=lambda fact: fact.order)
    fates: dict[int, Fate] = {}
    for fact in facts:
        value, own = fact.says, latest[fact.source]
        if (value, fact.effective) != (own.says, own.effective):
            fates[fact.id] = Fate(end=End.SUPERSEDED, by=own)
        elif value not in groups:
            fates[fact.id] = Fate(end=End.SUPERSEDED, by=ruling)
        elif chosen is not None and value != chosen:
            fates[fact.id] = Fate(end=End.SETTLED_AGAINST, by=max(groups[chosen], key=lambda other: other.order))
    return fates


def _claims(
    facts: Sequence[Stated], fates: Mapping[int, Fate], groups: Mapping[str, Sequence[Stated]]
) -> tuple[Claim, ...]:
    def claim(value: str) -> Claim:
        backers = [fact for fact in facts if fact.id not in fates and fact.says == value]
        sources = tuple(dict.fromkeys(fact.source for fact in groups[value]))
        return Claim(value=groups[value][0].value, sources=sources, facts=tuple(fact.id for fact in backers))

    return tuple(map(claim, sorted(groups, key=lambda value: min(fact.order for fact in groups[value]))))


def _effective(group: Sequence[Stated]) -> date | None:
    latest = max((fact for fact in group if fact.effective), key=lambda fact: fact.order, default=None)
    return latest.effective if latest else None
