"""What stands, worked out the slow way from nothing but the design: a second opinion on the gate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ligneclaire.voice.rules.state import Stated, Told

IN_CHARGE = {
    "contract.ends_on": ("contracts", "journeys"),
    "contract.goes_on": ("contracts", "journeys"),
    "closing_bill.date": ("billing", "contracts", "journeys"),
    "closing_bill.issued": ("billing", "contracts", "journeys"),
    "fees.formula": ("billing", "contracts", "journeys"),
    "refund.deposit": ("billing", "contracts", "journeys"),
    "refund.deposit_by": ("billing", "contracts", "journeys"),
    "refund.paid": ("billing", "contracts", "journeys"),
    "line.taken_over_by": ("third-party-operators",),
    "support.for_line": ("third-party-operators",),
    "equipment.to_return": ("equipment=equipment-south-west", "journeys"),
    "equipment.received": ("equipment=equipment-south-west", "journeys"),
    "equipment.return_by": ("equipment=equipment-south-west", "journeys"),
    "equipment.missing": ("equipment=equipment-south-west", "journeys"),
    "equipment.formal_notice": ("equipment=equipment-south-west", "journeys"),
    "equipment.charged": ("equipment=equipment-south-west", "journeys"),
    "equipment.days_after_formal_notice": ("equipment=equipment-south-west", "journeys"),
}
OF_THE_LINE = {"line.taken_over_by", "support.for_line"}
FALLS_WITH_THE_REQUEST = {*IN_CHARGE, "termination.requested", "contract.closed"} - {"contract.goes_on"} - OF_THE_LINE
LEAVES = ("termination.requested", "withdrawal.requested")
STAYS = ("termination.withdrawn", "port.failed", "port.cancelled")
RECEIPTS = (*LEAVES, *STAYS)
EVENTS = (*RECEIPTS, "contract.closed")
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
    renounced = [place for place, fact in enumerate(kept) if fact.kind == "withdrawal.requested"]
    said = [
        fact if not (fact.kind in STAYS and renounced and place > renounced[0]) else None
        for place, fact in enumerate(kept)
    ]
    return [fact for place, fact in enumerate(said) if fact and not _overtaken(fact, said[place + 1 :])]


def _overtaken(fact: Stated, after: Sequence[Stated | None]) -> bool:
    later = {other.kind for other in after if other}
    if fact.kind in STAYS:
        return bool(later & {*LEAVES}) or (fact.kind != "termination.withdrawn" and "line.taken_over_by" in later)
    if fact.kind in OF_THE_LINE:
        return bool(later & {"port.failed", "port.cancelled"})
    return fact.kind in FALLS_WITH_THE_REQUEST and bool(later & {*STAYS})


def believed(told: Mapping[str, Told]) -> set[str]:
    """Which events the customer goes by, from the last telling of each topic: a later word the other way undoes one."""
    return {
        key
        for key in EVENTS
        if key in told
        and told[key].value is not None
        and not any(other in told and told[other].at > told[key].at for other in _other_way(key))
    }


def _other_way(key: str) -> tuple[str, ...]:
    if key in LEAVES:
        return STAYS
    if key in STAYS:
        return LEAVES if key == "termination.withdrawn" else (*LEAVES, "line.taken_over_by")
    return ()


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
