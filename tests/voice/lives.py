"""A customer lives through a schedule: facts arrive, somebody looks now and then, owners answer what they are asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from ligneclaire.promises.rules import Pledge
from ligneclaire.voice.rules.advance import advance
from ligneclaire.voice.rules.state import (
    SETTLEMENT,
    Contradiction,
    Outcome,
    Rules,
    State,
    Stated,
    Utterance,
)
from voice.schedules import CALENDAR, DAY, DEPARTMENTS, MINUTE, SUBJECTS, Schedule

INSTANT = timedelta(microseconds=1)
ANSWERED = 1000  # settlements are numbered from here


@dataclass(kw_only=True)
class Life:
    """What was known and what came of it."""

    state: State
    utterances: list[Utterance] = field(default_factory=list)
    ended: list[tuple[datetime, Outcome]] = field(default_factory=list)
    open: tuple[Contradiction, ...] = ()

    @property
    def facts(self) -> tuple[Stated, ...]:
        """Everything that is known."""
        return self.state.facts

    def look(self, until: datetime, news: Iterable[Stated] = ()) -> None:
        """Decide whatever is due before an instant."""
        known = sorted([*self.state.facts, *news], key=lambda fact: fact.order)
        progress = advance(replace(self.state, facts=tuple(known)), until)
        self.state = progress.state
        self.utterances += progress.utterances
        self.ended += progress.ended
        if progress.moving is not None:
            self.open = progress.contradictions


def beginning(schedule: Schedule) -> Life:
    """A customer of whom nothing is known yet."""
    rules = Rules(calendar=CALENDAR, sources=DEPARTMENTS, modes=schedule.modes)
    return Life(state=State(customer="C-1", rules=rules, with_equipment=frozenset(SUBJECTS[:1])))


def lived(schedule: Schedule) -> Life:
    """Look when the schedule says so; each contradiction that shows is settled some time later."""
    life, coming = beginning(schedule), list(schedule.facts)
    asked: set[tuple[str, str, frozenset[str]]] = set()
    for until in sorted({*schedule.looks, schedule.end}):
        _look(life, coming, asked, schedule, until)
    until = schedule.end
    while coming or any(_question(found) not in asked for found in life.open):
        until += 12 * DAY
        _look(life, coming, asked, schedule, until)
    return life


def at_once(schedule: Schedule, facts: Sequence[Stated], *, until: datetime) -> Life:
    """Look a single time, when everything is over; the facts came in another order and have other numbers."""
    life = beginning(schedule)
    renumbered = [replace(fact, id=10_000 - place) for place, fact in enumerate(facts)]
    life.look(until, renumbered)
    return life


def _look(
    life: Life, coming: list[Stated], asked: set[tuple[str, str, frozenset[str]]], schedule: Schedule, until: datetime
) -> None:
    news = [fact for fact in coming if fact.recorded_at < until]
    coming[:] = [fact for fact in coming if fact.recorded_at >= until]
    life.look(until, news)
    for found in life.open:
        if _question(found) not in asked:
            asked.add(_question(found))
            delay = schedule.delays[len(asked) % len(schedule.delays)]
            coming.append(_answer(found, ANSWERED + len(asked), until + delay))


def _question(found: Contradiction) -> tuple[str, str, frozenset[str]]:
    return found.subject, found.key, frozenset(str(claim.value) for claim in found.claims)


def _answer(found: Contradiction, number: int, at: datetime) -> Stated:
    values = [claim.value for claim in found.claims]
    return Stated(
        id=number,
        source="voice",
        source_id=f"s{number}",
        kind=SETTLEMENT,
        subject=found.subject,
        value={"key": found.key, "values": values, "chosen": max(values, key=str)},
        at=at - MINUTE,
        recorded_at=at,
    )


def account(life: Life) -> tuple[Sequence[object], Sequence[object], Sequence[Pledge]]:
    """Messages, outcomes and promises, without the numbers that the order of arrival gave to facts."""
    names = {fact.id: fact.name for fact in life.facts}
    said = [
        (
            utterance.uuid,
            utterance.subject,
            utterance.at,
            utterance.follow_ups,
            utterance.received_by,
            [
                (
                    t.key,
                    t.says,
                    t.effective,
                    _name(t.earlier.utterance if t.earlier else None),
                    [names[f] for f in t.facts],
                )
                for t in utterance.tellings
            ],
        )
        for utterance in life.utterances
    ]
    ended = sorted(
        (names[o.fact], at, o.end, o.reason, _name(o.utterance), names.get(o.by_fact or 0, "")) for at, o in life.ended
    )
    return said, ended, sorted(life.state.pledges, key=repr)


def _name(uuid: UUID | None) -> str:
    return str(uuid or "")
