"""Several workers on one mail server that fails as it likes: no mail is lost, none leaves twice, and a stop holds."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction
from pytest_django.fixtures import Settings

from ligneclaire.channels.queries import messages
from ligneclaire.channels.states import Channel
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.voice import tasks
from ligneclaire.voice.actions.set_mode import set_mode
from ligneclaire.voice.actions.take_back import LeftAlready, take_back
from ligneclaire.voice.actions.write_message import Words, write_message
from ligneclaire.voice.dispatch import dispatch
from ligneclaire.voice.rules.state import Mode
from post_office import PostOffice, post_office
from together import together
from voice.test_by_mail import LATER, NEVER, jobs
from world import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.timeout(120)]
CONTRACTS = ("K-ADSL-1", "K-MOB-11", "K-MOB-31", "K-FIX-7")


@pytest.fixture
def office(settings: Settings, tmp_path: Path) -> Iterator[PostOffice]:
    settings.OUTBOX = tmp_path / "outbox"
    with post_office() as office:
        settings.SMTP = office.server
        yield office


@pytest.fixture
def world(office: PostOffice) -> World:
    """Several customers ended a contract online; what they are told is worded, and no job has run."""
    world = World()
    world.it_is("2015-02-10 09:00")
    for contract in CONTRACTS:
        world.department("space").passes_on("termination.requested", received_by="online", of=contract)
    world.voice_decides("2015-02-10 09:01")
    assert [card.channel for card in messages.waiting_to_leave()] == ["email"] * len(CONTRACTS)
    return world


def test_two_workers_and_a_server_that_often_fails_deliver_each_message_once(world: World, office: PostOffice) -> None:
    queued = {str(card.uuid) for card in messages.waiting_to_leave()}
    office.to_sender = [LATER, "421 4.3.2 shutting down"]
    office.to_recipient = [LATER, NEVER, LATER]
    office.to_mail = ["452 4.3.1 disk full"] * 2
    done = 0

    while done < len(queue := jobs()):  # also those that were written meanwhile
        work = [partial(tasks.send, **args) for args, _ in queue[done:]]  # type: ignore[arg-type]
        assert set(together(*work, *work)) == {None}  # each job twice, as if it had been brought back
        done = len(queue)

    left = Counter(message_from_bytes(mail)["Message-ID"].strip("<>").partition("@")[0] for mail in office.mails())
    states = Counter(card.state for card in messages.of(["C-1001", "C-2001", "C-3001", "C-4001"]))
    assert states == {"sent": 4, "undeliverable": 1}  # what was refused went on paper instead
    assert set(left.values()) == {1}
    assert len(left) == 3
    assert left.keys() < queued


def test_what_is_leaving_cannot_be_taken_back(world: World) -> None:
    message, nora, at = uuid4(), Actor(ActorKind.ADVISER, "A-1"), datetime(2015, 2, 10, 9, tzinfo=UTC)
    words = Words(customer="C-2001", channel=Channel.EMAIL, subject="Votre ligne", text="Elle est rétablie.")
    write_message(message=message, words=words, by=nora, at=at)
    leaving, left = threading.Event(), threading.Event()

    def leave() -> None:
        with transaction.atomic():
            assert messages.locked(message)
            leaving.set()
            assert left.wait(30)

    def take() -> None:
        assert leaving.wait(30)
        try:
            with pytest.raises(LeftAlready):
                take_back(message=message, by=nora, at=at)
        finally:
            left.set()

    assert together(leave, take) == [None, None]
    take_back(message=message, by=nora, at=at)  # nobody lets it leave any more


def test_a_stop_waits_for_the_mail_that_is_leaving_and_nothing_leaves_after_it(
    world: World, office: PostOffice
) -> None:
    first, second, *_ = messages.waiting_to_leave()
    office.slow = 1.0
    under_way = threading.Event()

    def send() -> bool:
        under_way.set()
        return dispatch(message=first.uuid, by=SYSTEM, at=first.written_at)

    def stop() -> int:
        assert under_way.wait(10)
        while not office.tried:
            time.sleep(0.01)
        set_mode(mode=Mode.STOP, reason="a test", by=SYSTEM, at=first.written_at)
        return len(office.accepted)

    assert together(send, stop) == [True, 1]
    assert dispatch(message=second.uuid, by=SYSTEM, at=second.written_at) is False
    assert (len(office.accepted), office.tried) == (1, 1)


def test_a_mail_whose_answer_never_came_leaves_again_under_the_same_name(
    world: World, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody can tell a lost yes from a lost mail; whoever reads it sees one, by its Message-ID."""
    card, *_ = messages.waiting_to_leave()
    monkeypatch.setattr("ligneclaire.voice.dispatch.mark_sent", power_cut)
    with pytest.raises(PowerCut):
        dispatch(message=card.uuid, by=SYSTEM, at=card.written_at)
    monkeypatch.undo()

    assert card.uuid in [one.uuid for one in messages.waiting_to_leave()]
    assert dispatch(message=card.uuid, by=SYSTEM, at=card.written_at)

    first, second = office.mails()
    assert first == second


class PowerCut(Exception):
    """Between the server's yes and ours."""


def power_cut(**_: object) -> bool:
    raise PowerCut
