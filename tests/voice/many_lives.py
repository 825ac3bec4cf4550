"""Many customers live through schedules at once in the database, and each account is compared with the pure gate's."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from builders import a_world, the_story_world
from ligneclaire.cases.queries import cards
from ligneclaire.channels.queries import messages
from ligneclaire.contracts.queries import household
from ligneclaire.facts.stated import Statement
from ligneclaire.people.queries import addressees, operator
from ligneclaire.promises.queries import pledges
from ligneclaire.promises.rules import Pledge
from ligneclaire.voice.draft import draft
from ligneclaire.voice.models import Outcome, Told, Utterance
from ligneclaire.voice.queries import rules
from ligneclaire.voice.rules.advance import Progress, advance
from ligneclaire.voice.rules.state import WITHDRAWAL, Mode, State, Stated
from voice.many_plans import Plans, by_the_course, by_the_rows
from voice.schedules import SUBJECTS, Schedule

FACTS = """
SELECT fact.id, fact.source, fact.source_id, fact.kind, fact.subject, payload.value, fact.effective, fact.at,
       fact.recorded_at
FROM facts_fact AS fact JOIN facts_payload AS payload ON payload.fact_id = fact.id
WHERE fact.customer = %s
ORDER BY fact.at, fact.source, fact.source_id
"""


@dataclass(frozen=True)
class Someone:
    """A customer with two contracts and the schedule of what becomes known about them."""

    number: str
    schedule: Schedule

    def statements(self) -> Iterator[tuple[datetime, Statement]]:
        """What is stated about them, each with the instant at which it becomes known."""
        for fact in self.schedule.facts:
            yield (
                fact.recorded_at,
                Statement(
                    source=fact.source,
                    source_id=f"{self.number}/{fact.source_id}",
                    kind=fact.kind,
                    customer=self.number,
                    subject=f"{fact.subject}-{self.number}",
                    value=_withdrawing(fact, self.number) if fact.kind == WITHDRAWAL else fact.value,
                    effective=fact.effective,
                    at=fact.at,
                ),
            )


def _withdrawing(fact: Stated, number: str) -> object:
    return {"fact": f"{number}/{fact.value['fact']}"} if isinstance(fact.value, dict) else fact.value


def a_town(people: Sequence[Someone]) -> None:
    """Import the operator of the stories with these customers in place of its own."""
    document = the_story_world()
    document["customers"] = [_customer(place, someone.number) for place, someone in enumerate(people)]
    document["network"] = {}
    a_world(document)


def _customer(place: int, number: str) -> dict[str, Any]:
    lines = (f"+33536491{place:03}", f"+33639981{place:03}")
    equipment = [{"kind": "box", "serial": f"LB-{place}"}, {"kind": "tv decoder", "serial": f"TV-{place}"}]
    offers = ("ADSL-PHONE", "MOBILE-PRO")
    contracts = [
        {"id": f"{subject.removeprefix('contract:')}-{number}", "offer": offer, "line": line, "since": "2008-04-01"}
        for subject, offer, line in zip(SUBJECTS, offers, lines, strict=True)
    ]
    contracts[0] |= {"equipment": equipment}  # type: ignore[dict-item]  # the second has none
    return {
        "id": number,
        "name": f"Mme {number}",
        "language": ("fr", "en")[place % 2],
        "territory": "33",
        "address": [f"MME {number}", f"{place + 1} COURS DE LA MARNE", "33000 BORDEAUX"],
        "email": f"{number.lower()}@example.org",
        "since": "2001-09-01",
        "adviser": "A-1",
        "contracts": contracts,
    }


@dataclass(frozen=True)
class Account:
    """What was said, what became of the facts, what was promised, planned, and how it was written to the customer."""

    said: Sequence[object]
    ended: Collection[object]
    promised: Collection[object]
    planned: Plans
    written: Sequence[object]


def by_the_gate(number: str, *, until: datetime) -> Account:
    """What the pure gate makes of all facts of a customer, looked at a single time."""
    held = household.of([number])[number]
    equipped = frozenset(f"contract:{one.contract}" for one in held if one.equipment)
    state = State(customer=number, rules=rules.current(), facts=facts_of(number), with_equipment=equipped)
    progress = advance(state, until)
    names = {fact.id: fact.name for fact in state.facts}
    return Account(
        said=[
            (
                utterance.uuid,
                utterance.subject,
                utterance.at,
                progress.state.rules.mode_at(utterance.at).value,
                [
                    (t.key, t.value, t.effective, t.earlier and str(t.earlier.utterance), [names[f] for f in t.facts])
                    for t in utterance.tellings
                ],
            )
            for utterance in progress.utterances
        ],
        ended={
            (names[o.fact], at, o.end.value, o.reason, o.utterance, names.get(o.by_fact or 0))
            for at, o in progress.ended
        },
        promised=_promised(progress.state.pledges),
        planned=by_the_course(number, state.facts, until=until),
        written=list(_to_be_written(number, progress)),
    )


def by_the_database(number: str) -> Account:
    """What stands in the database about a customer."""
    names = {fact.id: fact.name for fact in facts_of(number)}
    tellings: dict[UUID, list[object]] = defaultdict(list)
    for told in Told.objects.filter(customer=number).order_by("utterance", "place"):
        earlier = told.earlier and told.earlier["utterance"]
        tellings[told.utterance_id].append(
            (told.key, told.value, told.effective, earlier, [names[f] for f in told.facts])
        )
    return Account(
        said=[
            (row.uuid, row.subject, row.at, row.mode, tellings[row.uuid])
            for row in Utterance.objects.filter(customer=number).order_by("at", "subject")
        ],
        ended={
            (names[row.fact_id], row.at, row.end, row.reason, row.utterance_id, names.get(row.by_fact_id or 0))
            for row in Outcome.objects.filter(customer=number)
        },
        promised=_promised(pledges.of([number]).get(number, ())),
        planned=by_the_rows(number, facts_of(number)),
        written=[
            (card.utterance, card.channel, card.state, card.written_at, card.destination, card.content)
            for card in sorted(messages.of([number]), key=lambda card: (card.written_at, card.utterance, card.channel))
        ],
    )


def _promised(made: Iterable[Pledge]) -> set[object]:
    return {
        (p.subject, p.key, p.matter, json.dumps(p.value), p.due_on, p.made_by, p.made_at, p.state, p.closed_at)
        for p in made
    }


def _to_be_written(number: str, progress: Progress) -> Iterator[object]:
    house, held = operator.current(), household.of([number])[number]
    cases = cards.open_of([number])
    for utterance in sorted(progress.utterances, key=lambda utterance: (utterance.at, utterance.uuid)):
        day = progress.state.rules.calendar.date_of(utterance.at)
        found = draft(
            utterance,
            progress.state,
            to=addressees.of([number], on=day)[number],
            operator=house,
            household=held,
            reference=cases[number, utterance.subject].reference,
        )
        state = "sent" if progress.state.rules.mode_at(utterance.at) is Mode.LIVE else "proposed"
        for channel, destination in sorted(found.ways.items()):
            yield (utterance.uuid, channel, state, utterance.at, destination, found.content.as_json())


def facts_of(number: str) -> tuple[Stated, ...]:
    """Everything on record about a customer, in its own order."""
    with connection.cursor() as cursor:
        cursor.execute(FACTS, [number])
        return tuple(
            Stated(
                id=fact,
                source=source,
                source_id=source_id,
                kind=kind,
                subject=subject,
                value=json.loads(value),
                effective=effective,
                at=at,
                recorded_at=recorded_at,
            )
            for fact, source, source_id, kind, subject, value, effective, at, recorded_at in cursor.fetchall()
        )
