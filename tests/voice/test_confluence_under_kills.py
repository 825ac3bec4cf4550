"""Workers are killed while they decide, again and again; in the end it is as if they had not been."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random

import pytest
from django.db import connection, transaction

from ligneclaire.channels.queries import messages
from ligneclaire.config.wiring import deliver
from ligneclaire.facts.delivery import lag
from ligneclaire.facts.record import record
from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.voice.dispatch import dispatch
from voice.lives import lived
from voice.many_lives import Someone, a_town, by_the_database, by_the_gate
from voice.schedules import HEAD, SIZE, schedule

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
DEEP = 10 if os.environ.get("DEEP") else 1
UNHELD = "SELECT key FROM facts_delivery WHERE key = %s AND due_at IS NOT NULL FOR UPDATE SKIP LOCKED"


@pytest.fixture
def environment(database_url: str, tmp_path: Path) -> dict[str, str]:
    """What a process of its own needs to work in the test database."""
    return os.environ | {"DATABASE_URL": database_url, "LIGNECLAIRE_VAR": str(tmp_path)}


class Commands:
    """Workers as an operator runs them: `ligneclaire worker`, slow to start."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self.running: dict[int, subprocess.Popen[bytes]] = {}

    def start(self) -> int:
        """Start one; return the number of its process."""
        command = [str(Path(sys.executable).with_name("ligneclaire")), "worker"]
        process = subprocess.Popen(command, env=self.environment)
        self.running[process.pid] = process
        return process.pid

    def kill(self, pid: int) -> None:
        """Kill one without warning."""
        self.running[pid].kill()
        self.running.pop(pid).wait()

    def close(self) -> None:
        """Kill all that is left."""
        for pid in list(self.running):
            self.kill(pid)


class Forks:
    """Workers that decide and send as those do, and start in no time."""

    def __init__(self, environment: dict[str, str]) -> None:
        script = Path(__file__).with_name("nursery_process.py")
        self.nursery = subprocess.Popen(
            [sys.executable, str(script)], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def start(self) -> int:
        """Start one; return the number of its process."""
        assert self.nursery.stdin
        assert self.nursery.stdout
        self.nursery.stdin.write("another\n")
        self.nursery.stdin.flush()
        return int(self.nursery.stdout.readline())

    def kill(self, pid: int) -> None:
        """Kill one without warning."""
        os.kill(pid, signal.SIGKILL)

    def close(self) -> None:
        """Close the nursery; workers that lose it end by themselves."""
        self.nursery.kill()
        self.nursery.communicate()


@pytest.mark.timeout(300 * DEEP)
@pytest.mark.parametrize(("kind", "lives", "kills"), [(Forks, 20 * DEEP, 20 * DEEP), (Commands, 4 * DEEP, 2 * DEEP)])
def test_killed_workers_change_nothing(
    kind: type[Commands | Forks], lives: int, kills: int, environment: dict[str, str]
) -> None:
    """P1 of docs/why/order-does-not-matter.md on 20 schedules, with real kills of real workers."""
    chance = Random(random.getrandbits(64))
    people = [_someone(place, chance) for place in range(lives)]
    a_town(people)
    with closing(kind(environment)) as workers:
        running = [workers.start(), workers.start()]
        for place, someone in enumerate(people):
            _becomes_known(someone)
            if place % (lives // kills) == 0:
                _soon(partial(_is_in_hand, someone.number))
                workers.kill(running.pop(chance.randrange(2)))
                running.append(workers.start())
        _soon(_nothing_is_due)
        for worker in running:
            workers.kill(worker)
    for card in messages.waiting_to_leave():  # as the jobs of the dead would, a minute later
        dispatch(message=card.uuid, by=SYSTEM, at=clock.now())
    until = clock.now()
    while deliver(until=until):
        pass

    for someone in people:
        assert by_the_database(someone.number) == by_the_gate(someone.number, until=until), someone.schedule


def _someone(place: int, chance: Random) -> Someone:
    """Somebody whose owner has answered already whatever will be asked."""
    found = schedule(chance.randbytes(HEAD + SIZE * chance.randint(3, 14)), modes=False)
    return Someone(f"C-8{place:03}", replace(found, facts=lived(found).facts))


@transaction.atomic
def _becomes_known(someone: Someone) -> None:
    """All of it at once, each fact with its own instant in the past."""
    for at, statement in someone.statements():
        record([statement], by=SYSTEM, at=at)


@transaction.atomic
def _is_in_hand(number: str) -> bool:
    """Whether a worker holds this customer now, or has come and gone."""
    with connection.cursor() as cursor:
        cursor.execute(UNHELD, [number])
        return not cursor.fetchall()


def _nothing_is_due() -> bool:
    return lag(clock.now()) == (0, None)


def _soon(happened: Callable[[], bool], *, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.002)
