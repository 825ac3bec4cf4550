"""Many at once on one customer: writers, workers, owners and whoever stops the voice do not get in each other's way."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from random import Random

import pytest
from pytest_django.fixtures import Settings

from ligneclaire.cases.actions.settle_question import NothingToSettle
from ligneclaire.cases.queries import cards
from ligneclaire.channels.outgoing import Outgoing
from ligneclaire.channels.queries import messages
from ligneclaire.channels.spool import put
from ligneclaire.channels.states import Channel
from ligneclaire.config.wiring import deliver
from ligneclaire.facts.record import record
from ligneclaire.facts.stated import Answer, Statement
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.kernel.refusal import Refused
from ligneclaire.voice.actions.set_mode import set_mode
from ligneclaire.voice.actions.settle_contradiction import settle_contradiction
from ligneclaire.voice.dispatch import DELIVER, dispatch
from ligneclaire.voice.rules.state import Mode
from scanner import an_empty_pdf
from together import together
from voice.gate import at
from voice.many_lives import Someone, a_town, by_the_database, by_the_gate
from voice.schedules import HEAD, SIZE, schedule
from world import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.timeout(180)]
DAYS = "equipment.days_after_formal_notice"
START, END = at("2015-02-10 09:00"), at("2015-06-01 00:00")
NORA = Actor(ActorKind.ADVISER, "A-1")


class Working:
    """Workers that go on until the writers are done."""

    def __init__(self, *, until: Callable[[], datetime]) -> None:
        self.until = until
        self.over = threading.Event()

    def work(self) -> int:
        done = 0
        while not self.over.is_set():
            done += deliver(until=self.until(), limit=1)
        return done


def everything_is_done() -> None:
    """Whatever is due by the end is handled and has left, and that is handled too."""
    for _ in range(2):
        while deliver(until=END):
            pass
        for card in messages.waiting_to_leave():
            dispatch(message=card.uuid, by=SYSTEM, at=card.written_at)


def test_two_workers_and_64_writers_on_one_customer_come_to_what_one_would() -> None:
    someone = Someone("C-8000", schedule(Random(64).randbytes(HEAD + 64 * SIZE), modes=False))
    a_town([someone])
    stated = [statement for _, statement in someone.statements()]
    began = time.monotonic()
    working = Working(until=lambda: START + timedelta(minutes=time.monotonic() - began))
    finished = count(1)

    def write(statement: Statement) -> tuple[Answer, ...]:
        answers = record([statement, statement], by=SYSTEM, at=working.until())
        if next(finished) == len(stated):
            working.over.set()
        return answers

    results = together(*(partial(write, statement) for statement in stated), working.work, working.work)
    everything_is_done()

    assert len(stated) == 64
    assert results[:64] == [(Answer.ACCEPTED, Answer.KNOWN)] * 64  # each stated twice
    assert all(isinstance(done, int) for done in results[64:])
    assert by_the_database("C-8000") == by_the_gate("C-8000", until=END)


def test_writers_and_settlers_do_not_block_each_other_for_good() -> None:
    world = World()
    began = time.monotonic()
    working = Working(until=lambda: START + timedelta(minutes=time.monotonic() - began))

    def write(source: str) -> list[Answer]:
        return [record([_days(source, number, number % 5)], by=SYSTEM, at=working.until())[0] for number in range(40)]

    def settle() -> int:
        settled = 0
        while not working.over.is_set():
            for question in cards.open_questions():
                try:
                    settle_contradiction(
                        customer=question.customer,
                        subject=question.subject,
                        key=question.key,
                        chosen=question.claims[0]["value"],
                        reason="a test",
                        by=NORA,
                        at=working.until(),
                    )
                except Refused:
                    continue
                settled += 1
        return settled

    def write_and_end() -> list[Answer]:
        answers = write("equipment")
        working.over.set()
        return answers

    results = together(write_and_end, partial(write, "equipment-south-west"), settle, settle, working.work)

    assert results[:2] == [[Answer.ACCEPTED] * 40] * 2
    assert all(isinstance(done, int) for done in results[2:]), results[2:]
    assert world.customer("C-2001").contradictions() != []


def _days(source: str, number: int, value: int) -> Statement:
    return Statement(
        source=source,
        source_id=f"d{number}",
        kind=DAYS,
        customer="C-2001",
        subject="contract:K-ADSL-1",
        value=value,
        effective=None,
        at=START + timedelta(seconds=number),
    )


def test_of_two_owners_who_settle_at_once_one_wins_and_the_other_is_refused() -> None:
    world = World()
    world.it_is("2015-02-10 09:00")
    world.department("equipment").states(DAYS, 7)
    world.department("equipment-south-west").states(DAYS, 10)
    world.it_is("2015-02-10 10:00")
    ready = threading.Barrier(2)

    def settle(value: int) -> Answer:
        ready.wait()
        return world.adviser("A-1").settles(DAYS, value, because="a test")

    results = together(partial(settle, 7), partial(settle, 10))

    assert Counter(map(type, results)) == Counter([Answer, NothingToSettle])
    [contested] = world.customer("C-2001").contradictions()
    winner = (7, 10)[results.index(Answer.ACCEPTED)]
    assert contested.settled == winner
    world.it_is("2015-02-13 09:00")
    assert [message.topics for message in world.customer("C-2001").heard()] == [[(DAYS, winner)]]


def test_nothing_leaves_after_a_stop_has_returned(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    settings.OUTBOX = tmp_path
    people = [Someone(f"C-8{place:03}", schedule(bytes(HEAD + SIZE), modes=False)) for place in range(30)]
    a_town(people)
    for someone in people:
        for known_at, statement in someone.statements():
            record([statement], by=SYSTEM, at=known_at)
    while deliver(until=END):
        pass
    queued = messages.waiting_to_leave()
    left: list[float] = []
    under_way = threading.Event()

    empty = an_empty_pdf()

    def post(outgoing: Outgoing, *, outbox: Path) -> str:  # as doors are called
        under_way.set()
        time.sleep(0.02)
        left.append(time.monotonic())
        return put(outbox / "test" / f"{outgoing.id}.letter", empty)

    def send(share: int) -> list[bool]:
        return [dispatch(message=card.uuid, by=SYSTEM, at=card.written_at) for card in queued[share::2]]

    def stop() -> float:
        assert under_way.wait(10)
        set_mode(mode=Mode.STOP, reason="a test", by=NORA, at=END)
        return time.monotonic()

    monkeypatch.setitem(DELIVER, Channel.LETTER, post)
    first, second, stopped_at = together(partial(send, 0), partial(send, 1), stop)

    assert len(queued) == 30
    assert 0 < len(left) < 30
    assert isinstance(stopped_at, float)
    assert max(left) < stopped_at
    assert Counter([*first, *second])[True] == len(left)  # type: ignore[misc]
    assert len(messages.waiting_to_leave()) == 30 - len(left)


def test_a_message_that_two_workers_send_at_once_leaves_once() -> None:
    world = World()
    world.it_is("2015-02-10 09:00")
    world.department("mailroom").passes_on("termination.requested", received_by="letter")
    world.voice_decides("2015-02-11 09:00")
    [card] = messages.waiting_to_leave()

    results = together(*[partial(dispatch, message=card.uuid, by=SYSTEM, at=card.written_at)] * 4)

    assert Counter(results) == Counter([True, False, False, False])
