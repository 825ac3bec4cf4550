"""Why a message said what it said when it did: facts, decisions, law, timing and promises behind it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection

from ligneclaire import law
from ligneclaire.cases.queries import cards
from ligneclaire.cases.queries.cards import QuestionCard
from ligneclaire.contracts.queries import household
from ligneclaire.facts.sql import named
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.law import Parameter, UnknownRule
from ligneclaire.people.queries.operator import House
from ligneclaire.promises.queries import pledges
from ligneclaire.promises.rules import Pledge
from ligneclaire.voice.models import Utterance
from ligneclaire.voice.queries import rules, told
from ligneclaire.voice.queries.rules import ModeCard
from ligneclaire.voice.queries.told import ToldTopic
from ligneclaire.voice.rules.grounds import LAW, Timing, timing
from ligneclaire.voice.rules.state import Claim, Contradiction, Mode
from ligneclaire.voice.topics import TOPICS

SQL = named(Path(__file__).with_suffix(".sql"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A fact about a topic: who stated what, when we received it, what became of it, whether it is said."""

    id: int
    name: str
    kind: str
    by: str
    value: object
    effective: date | None
    at: datetime
    recorded_at: datetime
    end: str
    reason: str
    is_said: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A contradiction about a topic that was asked before the message, and what became of it."""

    card: QuestionCard
    contradiction: Contradiction
    is_settled: bool  # before the message


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicGrounds:
    """Why one topic was told."""

    topic: ToldTopic
    facts: tuple[Ground, ...]
    decided: tuple[Decided, ...]
    law: tuple[Parameter, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why an utterance was said."""

    subject: str
    at: datetime
    mode: Mode
    topics: tuple[TopicGrounds, ...]
    news_at: datetime  # the last news before it
    timing: Timing
    silences: tuple[ModeCard, ...]  # changes of mode since the first of its facts
    pledges: tuple[Pledge, ...]  # made by it
    departments: Mapping[str, str]
    calendar: Calendar


def of(uuid: UUID) -> Why | None:
    """The reasons of what the voice said by itself; None for what somebody wrote in their own words."""
    said = Utterance.objects.filter(uuid=uuid).first()
    if said is None:
        return None
    topics = told.topics_of([uuid])[uuid]
    facts, news_at = _facts(said, topics)
    asked = cards.questions_of(said.customer)
    house, changes = rules.house_and_changes()
    keys = [topic.key for topic in topics]
    concluded_on = _concluded_on(said)
    return Why(
        subject=said.subject,
        at=said.at,
        mode=Mode(said.mode),
        topics=tuple(
            _topic(topic, facts, asked, said=said, bounds=_law(topic.key, said, house, concluded_on))
            for topic in topics
        ),
        news_at=news_at,
        timing=timing(keys, news_at=news_at, at=said.at, calendar=house.operator.calendar),
        silences=tuple(one for one in changes if facts[0].recorded_at <= one.at <= said.at),
        pledges=tuple(one for one in pledges.of([said.customer]).get(said.customer, ()) if one.made_by == uuid),
        departments=house.departments,
        calendar=house.operator.calendar,
    )


def _facts(said: Utterance, topics: Sequence[ToldTopic]) -> tuple[tuple[Ground, ...], datetime]:
    """What it rests on, and when the last news of its matter came."""
    asked: dict[str, str | datetime | list[str] | list[int]] = {
        "customer": said.customer,
        "subject": said.subject,
        "at": said.at,
        "keys": [topic.key for topic in topics],
        "facts": [fact for topic in topics for fact in topic.facts],
        "topics": list(TOPICS),
    }
    with connection.cursor() as cursor:
        cursor.execute(SQL["facts"], asked)
        rows = cursor.fetchall()
    return tuple(_ground(row[:-1]) for row in rows), rows[0][-1]


def _ground(row: Sequence[Any]) -> Ground:
    number, name, kind, by, value, effective, at, recorded_at, end, reason, is_said = row
    return Ground(
        id=number,
        name=name,
        kind=kind,
        by=by,
        value=json.loads(value),
        effective=effective,
        at=at,
        recorded_at=recorded_at,
        end=end,
        reason=reason,
        is_said=is_said,
    )


def _topic(
    topic: ToldTopic,
    facts: Sequence[Ground],
    asked: Sequence[QuestionCard],
    *,
    said: Utterance,
    bounds: tuple[Parameter, ...],
) -> TopicGrounds:
    questions = [
        one for one in asked if (one.subject, one.key) == (said.subject, topic.key) and one.asked_at <= said.at
    ]
    return TopicGrounds(
        topic=topic,
        facts=tuple(fact for fact in facts if fact.kind == topic.key or fact.id in topic.facts),
        decided=tuple(_decided(card, said.at) for card in reversed(questions)),
        law=bounds,
    )


def _decided(card: QuestionCard, at: datetime) -> Decided:
    claims = (Claim(value=one["value"], sources=_sources(one), facts=()) for one in card.claims)
    return Decided(
        card=card,
        contradiction=Contradiction(subject=card.subject, key=card.key, claims=tuple(claims), since=card.asked_at),
        is_settled=card.state == "settled" and card.closed_at is not None and card.closed_at <= at,
    )


def _sources(claim: Mapping[str, object]) -> tuple[str, ...]:
    sources = claim["sources"]
    assert isinstance(sources, list)
    return tuple(str(source) for source in sources)


def _law(key: str, said: Utterance, house: House, concluded_on: date | None) -> tuple[Parameter, ...]:
    """The rules in force that day; a country may have none of them entered."""
    calendar = house.operator.calendar
    on = calendar.date_of(said.at)
    try:
        return tuple(
            law.value(rule, on=on, concluded_on=concluded_on or on, country=calendar.country)
            for rule in LAW.get(key, ())
        )
    except UnknownRule:
        return ()


def _concluded_on(said: Utterance) -> date | None:
    held = household.of([said.customer])[said.customer]
    return next((one.concluded_on for one in held if said.subject == f"contract:{one.contract}"), None)
