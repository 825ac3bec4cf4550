"""Load all that the gate may know of some customers, in a fixed number of queries."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from django.db import connection

from ligneclaire.contracts.queries import household
from ligneclaire.contracts.queries.household import Holding
from ligneclaire.facts.delivery import Claim
from ligneclaire.facts.sql import named
from ligneclaire.kernel.ref import Ref
from ligneclaire.promises.queries import pledges
from ligneclaire.voice.queries import rules
from ligneclaire.voice.rules.state import SETTLEMENT, WITHDRAWAL, Mode, Rules, State, Stated, Told
from ligneclaire.voice.topics import TOPICS

SQL = named(Path(__file__).with_suffix(".sql"))
SPEAKING = [*TOPICS, SETTLEMENT, WITHDRAWAL]


def of(
    claims: Sequence[Claim], *, until: datetime, without: Collection[int], current: Rules | None = None
) -> tuple[dict[str, State], Mapping[str, tuple[Holding, ...]]]:
    """Return the state of each key on the eve of `until`, and what the customers among them hold."""
    customers = [claim.customer for claim in claims if claim.customer]
    current = current or rules.current()
    held = household.of(customers)
    facts, ended = _facts(claims, customers, until, without)
    told = _told(customers, current, until)
    promised = pledges.of(customers)
    states = {
        claim.key: State(
            customer=claim.customer or claim.key,
            rules=current,
            facts=tuple(sorted(facts[claim.key], key=lambda fact: fact.order)),
            ended=frozenset(ended[claim.key]),
            told=tuple(told[claim.key]),
            pledges=promised.get(claim.key, ()),
            with_equipment=_with_equipment(held.get(claim.key, ())),
            decided_to=claim.handled_to,
            look_again_at=claim.again_at,
        )
        for claim in claims
    }
    return states, held


def _facts(
    claims: Sequence[Claim], customers: list[str], until: datetime, without: Collection[int]
) -> tuple[dict[str, list[Stated]], dict[str, set[int]]]:
    facts: dict[str, list[Stated]] = defaultdict(list)
    ended: dict[str, set[int]] = defaultdict(set)
    sources = [claim.key.removeprefix("source:") for claim in claims if claim.customer is None]
    with connection.cursor() as cursor:
        cursor.execute(
            SQL["facts"],
            {"customers": customers, "sources": sources, "until": until, "kinds": SPEAKING, "without": list(without)},
        )
        for key, number, source, source_id, kind, subject, value, effective, at, recorded_at, done in cursor:
            fact = Stated(
                id=number,
                source=source,
                source_id=source_id,
                kind=kind,
                subject=subject,
                value=json.loads(value) if isinstance(value, str) else value,
                effective=effective,
                at=at,
                recorded_at=recorded_at,
            )
            facts[key].append(fact)
            if done:
                ended[key].add(number)
    return facts, ended


def _told(customers: list[str], current: Rules, until: datetime) -> dict[str, list[Told]]:
    """What was told for real; in shadow mode, what was proposed counts as told."""
    shadow = current.mode_at(until) is Mode.SHADOW
    modes = [Mode.LIVE, Mode.SHADOW] if shadow else [Mode.LIVE]
    told: dict[str, list[Told]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(SQL["told"], {"customers": customers, "modes": modes})
        for customer, utterance, at, subject, key, value, effective in cursor:
            value = json.loads(value) if isinstance(value, str) else value  # noqa: PLW2901  # as the driver gives it
            told[customer].append(
                Told(utterance=utterance, at=at, subject=subject, key=key, value=value, effective=effective)
            )
    return told


def _with_equipment(held: Sequence[Holding]) -> frozenset[str]:
    return frozenset(str(Ref("contract", holding.contract)) for holding in held if holding.equipment)
