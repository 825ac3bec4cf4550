"""In the database too: crashes, batches and the number of workers change nothing that is said, ended or promised."""

from __future__ import annotations

import os
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from operator import itemgetter
from pathlib import Path
from random import Random

import pytest

from failpoints import crashes, surviving
from ligneclaire.cases.actions.settle_question import NotAmongTheValues, NothingToSettle
from ligneclaire.cases.queries import cards
from ligneclaire.cases.queries.cards import QuestionCard
from ligneclaire.channels.outgoing import Outgoing
from ligneclaire.channels.queries import messages
from ligneclaire.channels.states import Channel
from ligneclaire.config.wiring import deliver
from ligneclaire.facts.record import record
from ligneclaire.facts.stated import Statement
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.voice.actions.set_mode import set_mode
from ligneclaire.voice.actions.settle_contradiction import settle_contradiction
from ligneclaire.voice.dispatch import DELIVER, dispatch
from ligneclaire.voice.queries import rules
from ligneclaire.voice.rules.state import Mode
from scanner import an_empty_pdf
from together import together
from voice.many_lives import Someone, a_town, by_the_database, by_the_gate
from voice.schedules import DAY, HEAD, HOUR, MINUTE, SIZE, Schedule, schedule

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
DEEP = 10 if os.environ.get("DEEP") else 1
PEOPLE, TOWNS = 50, 4
CRASH = 0.08  # of all commits
LOOK = 0.15  # between two instants at which something becomes known


@pytest.mark.timeout(300)
@pytest.mark.parametrize("town", range(TOWNS * DEEP))
def test_crashes_batches_and_workers_change_nothing(town: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """P1 of docs/why/order-does-not-matter.md on 200 schedules, with failpoints at every commit."""
    monkeypatch.setitem(DELIVER, Channel.LETTER, _post)
    chance = Random(f"{random.getrandbits(64)} {town}")
    people = [Someone(f"C-8{place:03}", _schedule(chance, modes=place == 0)) for place in range(PEOPLE)]
    a_town(people)

    town_life = Life(people, chance, workers=1 + town % 2)
    town_life.passes()

    for someone in people:
        assert by_the_database(someone.number) == by_the_gate(someone.number, until=town_life.now), someone.schedule


EMPTY = an_empty_pdf()


def _post(outgoing: Outgoing, *, outbox: Path) -> str:
    """A post office that prints nothing."""
    place = outbox / "test" / f"{outgoing.id}.letter"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(EMPTY)
    return str(place)


def _schedule(chance: Random, *, modes: bool) -> Schedule:
    return schedule(chance.randbytes(HEAD + SIZE * chance.randint(3, 14)), modes=modes)


class Life:
    """Time passes for a whole town, owners answer, messages leave; and the house crashes now and then."""

    def __init__(self, people: Sequence[Someone], chance: Random, *, workers: int) -> None:
        self.chance = chance
        self.workers = workers
        self.asked: set[int] = set()
        self.coming: list[tuple[datetime, float, Callable[[], object]]] = []
        for at, mode in people[0].schedule.modes:  # everybody lives through the modes of the first
            self._comes(at, partial(set_mode, mode=mode, reason="a test", by=SYSTEM, at=at))
        stated: dict[datetime, list[Statement]] = defaultdict(list)
        for someone in people:
            for at, statement in someone.statements():
                stated[at].append(statement)
        for at, statements in stated.items():
            for batch in self._batches(statements):
                self._comes(at, partial(record, batch, by=SYSTEM, at=at))
        self.now = max(at for at, _, _ in self.coming)

    def passes(self) -> None:
        """Let everything happen, until nothing more does."""
        with crashes(CRASH, self.chance):
            while self.coming:
                self.coming.sort(key=itemgetter(0, 1), reverse=True)
                at, _, happens = self.coming.pop()
                self.now = max(at, self.now)
                if self.chance.random() < LOOK:
                    self._look(at)
                surviving(happens)
                if not self.coming:
                    self.now += 12 * DAY
                    self._look(self.now)
            self._look(self.now)  # that the last messages left is news too

    def _comes(self, at: datetime, happens: Callable[[], object]) -> None:
        self.coming.append((at, self.chance.random(), happens))

    def _batches(self, statements: list[Statement]) -> Iterator[list[Statement]]:
        self.chance.shuffle(statements)
        while statements:
            size = self.chance.randint(1, len(statements))
            yield statements[:size]
            del statements[:size]

    def _look(self, until: datetime) -> None:
        """Handle what is due, or some of it, and ask the owners what is open."""
        last = not self.coming
        limit = 50 if last else self.chance.choice([1, 5, 50])
        while surviving(partial(self._work, until, limit)) and (last or self.chance.random() < 0.9):
            pass
        if last or self.chance.random() < 0.5:
            self._messages_leave()
        for question in cards.open_questions():
            if question.id not in self.asked:
                self.asked.add(question.id)
                at = until + self.chance.choice([MINUTE, 5 * HOUR, 3 * DAY])
                self._comes(at, partial(_settled, question, at))

    def _work(self, until: datetime, limit: int) -> int:
        if self.workers == 1:
            return deliver(until=until, limit=limit)
        hands = [partial(_worker, until, limit, Random(self.chance.random())) for _ in range(self.workers)]
        return sum(done for done in together(*hands) if isinstance(done, int))

    def _messages_leave(self) -> None:
        for card in messages.waiting_to_leave():
            left = surviving(partial(dispatch, message=card.uuid, by=SYSTEM, at=card.written_at))
            if rules.mode_now() is not Mode.LIVE:
                assert left is False
                return


def _worker(until: datetime, limit: int, chance: Random) -> int:
    with crashes(CRASH, chance):
        return surviving(partial(deliver, until=until, limit=limit))


def _settled(question: QuestionCard, at: datetime) -> None:
    # The departments may agree again or state other values by now, or it was settled before a crash.
    with suppress(NothingToSettle, NotAmongTheValues):
        settle_contradiction(
            customer=question.customer,
            subject=question.subject,
            key=question.key,
            chosen=max((claim["value"] for claim in question.claims), key=str),
            reason="a test",
            by=Actor(ActorKind.ADVISER, question.owner),
            at=at,
        )
