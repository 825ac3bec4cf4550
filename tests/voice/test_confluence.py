"""The same facts make the same messages, however they are worked off; and what was told last is what is true."""

from __future__ import annotations

import os
from collections import Counter
from datetime import datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from ligneclaire.kernel.calendar import DayKind
from ligneclaire.promises.rules import PledgeState
from ligneclaire.voice.rules.state import SETTLEMENT, Mode, Stated, Told, Utterance
from ligneclaire.voice.topics import TOPICS
from ligneclaire.voice.values import Takes
from voice.lives import Life, account, at_once, lived
from voice.oracle import EVENTS, IN_CHARGE, RECEIPTS, Answers, Truth, believed, known_at, plain, standing, truth
from voice.schedules import CALENDAR, DEPARTMENTS, START, SUBJECTS, Schedule, schedules

DEEP = 10 if os.environ.get("DEEP") else 1
SCHEDULES = 10_000
PARTS = 8
each = settings(
    max_examples=SCHEDULES * DEEP // PARTS,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.mark.no_cover
@pytest.mark.timeout(900 * DEEP)
@pytest.mark.parametrize("part", range(PARTS))
def test_any_schedule_ends_in_the_same_words_and_in_the_truth(part: int) -> None:
    """P1 and P2 of docs/why/order-does-not-matter.md, on 10,000 schedules in all."""

    @each
    @given(schedules(modes=part % 2 == 0))
    def holds(schedule: Schedule) -> None:
        life = lived(schedule)
        same_at_once(schedule, life, until=_end(life) + timedelta(days=60))
        true_at_rest(life)
        true_when_told(life)
        said_as_agreed(life)

    holds()


def same_at_once(schedule: Schedule, life: Life, *, until: datetime) -> None:
    """P1: the same facts, known at the same instants, whoever looks when."""
    life.look(until)
    assert account(at_once(schedule, life.facts, until=until)) == account(life)


def true_at_rest(life: Life) -> None:
    """P2: the last told value is the standing value, nothing waits, and every fact has ended once."""
    assert life.open == ()
    assert Counter(outcome.fact for _, outcome in life.ended) == Counter(fact.id for fact in life.facts)
    last = {(told.subject, told.key): told for told in life.state.told if not told.is_proposal}
    for subject in SUBJECTS:
        facts = standing(known_at(life.facts, _end(life)), DEPARTMENTS, subject)
        for key in IN_CHARGE:
            found = truth(facts, key, subject, _answers(life.facts, _end(life)))
            assert _told(last.get((subject, key))) == found, (subject, key)
        standing_events = {fact.kind for fact in facts if fact.kind in EVENTS}
        assert believed({key: told for (about, key), told in last.items() if about == subject}) == standing_events


def true_when_told(life: Life) -> None:
    """P2: nothing contested was told, and what is told anew names the earlier value."""
    before: dict[tuple[str, str], object] = {}
    for utterance in life.utterances:
        live = life.state.rules.mode_at(utterance.at) is Mode.LIVE
        facts = known_at(life.facts, utterance.at)
        for telling in utterance.tellings:
            where = (utterance.subject, telling.key)
            if telling.key in IN_CHARGE:
                found = truth(
                    standing(facts, DEPARTMENTS, utterance.subject), *where[::-1], _answers(facts, utterance.at)
                )
                told = (
                    Truth() if telling.value is None else Truth(says=plain(telling.value), effective=telling.effective)
                )
                assert told == found, where
            if live and telling.key in IN_CHARGE:
                assert (telling.earlier.value if telling.earlier else None) == before.get(where), where
            if live:
                before[where] = telling.value


def said_as_agreed(life: Life) -> None:
    """A message leaves at a dispatch or at once; what it promises is on record, once."""
    for utterance in life.utterances:
        assert _is_dispatch(utterance.at) or _is_at_once(utterance, life), utterance
        assert len({telling.key for telling in utterance.tellings}) == len(utterance.tellings) > 0
        if all(telling.key in RECEIPTS for telling in utterance.tellings):
            assert utterance.follow_ups == ()
    waiting = Counter((p.subject, p.key, p.matter) for p in life.state.pledges if p.is_waiting)
    assert set(waiting.values()) <= {1}
    promised = {(p.made_by, p.key) for p in life.state.pledges if p.matter == "value"}
    assert promised == {
        (utterance.uuid, telling.key)
        for utterance in life.utterances
        if life.state.rules.mode_at(utterance.at) is Mode.LIVE
        for telling in utterance.tellings
        if _commits(telling.key) and telling.value is not None
    }
    for pledge in life.state.pledges:
        assert (pledge.closed_at is None) == (pledge.state is PledgeState.OPEN)
        assert pledge.closed_at is None or pledge.closed_at >= pledge.made_at


def _end(life: Life) -> datetime:
    return life.state.decided_to or START


def _answers(facts: tuple[Stated, ...] | list[Stated], at: datetime) -> Answers:
    return {
        (fact.subject, fact.value["key"], frozenset(map(plain, fact.value["values"]))): plain(fact.value["chosen"])
        for fact in facts
        if fact.kind == SETTLEMENT and fact.recorded_at <= at and isinstance(fact.value, dict)
    }


def _told(told: Told | None) -> Truth:
    return Truth() if told is None or told.value is None else Truth(says=plain(told.value), effective=told.effective)


def _is_dispatch(at: datetime) -> bool:
    local = at.astimezone(CALENDAR.tz)
    return local.time() == time(8, 0) and CALENDAR.is_day(local.date(), DayKind.OUVRE)


def _is_at_once(utterance: Utterance, life: Life) -> bool:
    """An online request is confirmed at the instant at which it is known, or becomes the one that stands."""
    events = [telling.value for telling in utterance.tellings if telling.key in RECEIPTS]
    online = any(isinstance(value, dict) and value["received_by"] == "online" for value in events)
    return online and utterance.at in {fact.recorded_at for fact in life.facts}


def _commits(key: str) -> bool:
    return TOPICS[key].commits and TOPICS[key].takes in {Takes.DATE, Takes.MONEY}
