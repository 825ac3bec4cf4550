"""Load all that the gate may know of some customers, in a fixed number of queries."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from ligneclaire.contracts.queries import household
from ligneclaire.contracts.queries.household import Holding
from ligneclaire.facts.delivery import Claim
from ligneclaire.facts.sql import named
from ligneclaire.kernel.prepared import prepared
from ligneclaire.kernel.ref import Ref
from ligneclaire.people.facts import ADDRESSING
from ligneclaire.promises.queries import pledges
from ligneclaire.voice.queries import rules
from ligneclaire.voice.rules import ending
from ligneclaire.voice.rules.state import SETTLEMENT, WITHDRAWAL, Rules, State, Stated, Told
from ligneclaire.voice.topics import STAYING, TOPICS

SQL = named(Path(__file__).with_suffix(".sql"))
SPEAKING = [*TOPICS, SETTLEMENT, WITHDRAWAL, *ADDRESSING]
# What is known of every subject, also of those at rest: which contracts end, what was taken back, who is meant.
ALWAYS = [*ending.SIGNS, *STAYING, WITHDRAWAL, *ADDRESSING]


def of(
    claims: Sequence[Claim], *, until: datetime, without: Collection[int], current: Rules | None = None
) -> tuple[dict[str, State], Mapping[str, tuple[Holding, ...]]]:
    """Return the state of each key on the eve of `until`, and what the customers among them hold."""
    customers = [claim.customer for claim in claims if claim.customer]
    current = current or rules.current()
    held = household.of(customers)
    loaded = _loaded(claims, until, without)
    told = _told(loaded)
    promised = pledges.of(customers)
    states = {
        claim.key: State(
            customer=claim.customer or claim.key,
            rules=current,
            facts=tuple(sorted(loaded[claim.key].facts, key=lambda fact: fact.order)),
            ended=frozenset(loaded[claim.key].ended),
            told=tuple(told[claim.key]),
            pledges=promised.get(claim.key, ()),
            with_equipment=_with_equipment(held.get(claim.key, ())),
            decided_to=claim.handled_to,
            look_again_at=claim.again_at,
            moving=frozenset(loaded[claim.key].moving),
        )
        for claim in claims
    }
    return states, held


@dataclass(slots=True)
class _Loaded:
    moving: set[str]
    facts: list[Stated] = field(default_factory=list)
    ended: set[int] = field(default_factory=set)


def _loaded(claims: Sequence[Claim], until: datetime, without: Collection[int]) -> dict[str, _Loaded]:
    loaded = {claim.key: _Loaded(moving=set(claim.moving)) for claim in claims}
    with prepared() as cursor:
        cursor.execute(
            SQL["facts"],
            {"keys": list(loaded), "until": until, "kinds": SPEAKING, "always": ALWAYS, "without": list(without)},
        )
        for key, moving, *row, ended in cursor:
            fact = _stated(*row)
            loaded[key].facts.append(fact)
            if moving:
                loaded[key].moving.add(fact.subject)
            if ended:
                loaded[key].ended.add(fact.id)
    return loaded


def _stated(  # noqa: PLR0913, PLR0917  # the columns of one row
    number: int,
    source: str,
    source_id: str,
    kind: str,
    subject: str,
    value: str,
    effective: date | None,
    at: datetime,
    recorded_at: datetime,
) -> Stated:
    return Stated(
        id=number,
        source=source,
        source_id=source_id,
        kind=kind,
        subject=subject,
        value=json.loads(value),
        effective=effective,
        at=at,
        recorded_at=recorded_at,
    )


def _told(loaded: Mapping[str, _Loaded]) -> dict[str, list[Told]]:
    told: dict[str, list[Told]] = defaultdict(list)
    moving = [(customer, subject) for customer, found in loaded.items() for subject in found.moving]
    given = {"customers": [customer for customer, _ in moving], "subjects": [subject for _, subject in moving]}
    with prepared() as cursor:
        cursor.execute(SQL["told"], given)
        for customer, utterance, at, subject, key, value, effective, is_proposal in cursor:
            found = Told(
                utterance=utterance,
                at=at,
                subject=subject,
                key=key,
                value=json.loads(value) if isinstance(value, str) else value,  # as the driver gives it
                effective=effective,
                is_proposal=is_proposal,
            )
            told[customer].append(found)
    return told


def _with_equipment(held: Sequence[Holding]) -> frozenset[str]:
    return frozenset(str(Ref("contract", holding.contract)) for holding in held if holding.equipment)
