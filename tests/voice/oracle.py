"""What stands, worked out the slow way from nothing but the design: a second opinion on the gate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ligneclaire.voice.rules.state import Stated

IN_CHARGE = {
    "contract.ends_on": ("contracts", "journeys"),
    "contract.goes_on": ("contracts", "journeys"),
    "closing_bill.date": ("billing", "contracts"),
    "closing_bill.issued": ("billing", "contracts"),
    "refund.deposit": ("billing", "contracts"),
    "refund.paid": ("billing", "contracts"),
    "line.taken_over_by": ("third-party-operators",),
    "equipment.to_return": ("equipment=equipment-south-west",),
    "equipment.received": ("equipment=equipment-south-west",),
    "equipment.return_by": ("equipment=equipment-south-west",),
    "equipment.days_after_formal_notice": ("equipment=equipment-south-west",),
}
FALLS_WITH_THE_REQUEST = set(IN_CHARGE) - {"contract.goes_on", "line.taken_over_by"}
EVENTS = ("termination.requested", "termination.withdrawn")
TOLD = {*IN_CHARGE, *EVENTS}

Answers = dict[tuple[str, str, frozenset[str]], str]


@dataclass(frozen=True)
class Truth:
    """The value of a topic, or that departments disagree; nothing stands when both are empty."""

    says: str = ""
    effective: date | None = None
    contested: frozenset[str] = frozenset()


def plain(value: object) -> str:
    """Write a value so that two ways of writing the same are equal."""
    if isinstance(value, dict) and "amount" in value:
        return f"{float(value['amount']):.2f} {value['currency']}"
    if isinstance(value, list):
        return ", ".join(sorted({str(one).lower() for one in value}))
    return str(value)


def known_at(facts: Iterable[Stated], at: datetime) -> list[Stated]:
    """The facts that we know of, in the order in which their sources stated them."""
    return sorted((f for f in facts if f.recorded_at <= at), key=lambda f: (f.at, f.source, f.source_id))


def standing(facts: Sequence[Stated], departments: Iterable[str], subject: str) -> list[Stated]:
    """The facts on a subject that nothing has taken the voice from."""
    kept = []
    for fact in facts:
        if fact.subject != subject or fact.kind not in TOLD or fact.source not in departments:
            continue
        taken_back = any(
            w.kind == "fact.withdrawn" and w.source == fact.source and w.value == {"fact": fact.source_id}
            for w in facts
        )
        if not taken_back:
            kept.append(fact)
    stays = [place for place, fact in enumerate(kept) if fact.kind == "termination.withdrawn"]
    leaves = [place for place, fact in enumerate(kept) if fact.kind == "termination.requested"]
    return [
        fact
        for place, fact in enumerate(kept)
        if not (
            (fact.kind in FALLS_WITH_THE_REQUEST | {"termination.requested"} and any(place < stay for stay in stays))
            or (fact.kind == "termination.withdrawn" and any(place < leave for leave in leaves))
        )
    ]


def truth(facts: Sequence[Stated], key: str, subject: str, answers: Answers) -> Truth:
    """What is so of one topic, given the facts that stand."""
    latest: dict[str, Stated] = {}
    for fact in facts:
        if fact.kind == key:
            latest[fact.source] = fact
    best = min((_rank(key, source) for source in latest), default=0)
    speaking = [fact for source, fact in latest.items() if _rank(key, source) == best]
    values = frozenset(plain(fact.value) for fact in speaking)
    chosen = next(iter(values)) if len(values) == 1 else answers.get((subject, key, values))
    if chosen is None:
        return Truth(contested=values)
    days = [fact for fact in facts if fact in speaking and plain(fact.value) == chosen and fact.effective]
    return Truth(says=chosen, effective=days[-1].effective if days else None)


def _rank(key: str, source: str) -> int:
    ranks = IN_CHARGE[key]
    return next((place for place, names in enumerate(ranks) if source in names.split("=")), len(ranks))
