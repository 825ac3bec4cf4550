"""The voice is stopped, made to propose only, or let speak again: at once, by somebody, for a reason."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ligneclaire.channels.queries import messages
from ligneclaire.facts.delivery import next_due
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.kernel.refusal import Refused
from ligneclaire.voice import tasks
from ligneclaire.voice.actions.set_mode import ReasonMissing, set_mode
from ligneclaire.voice.dispatch import dispatch
from ligneclaire.voice.models import ModeChange
from ligneclaire.voice.queries import rules
from ligneclaire.voice.rules.state import Mode
from world import INSTANT, World

pytestmark = pytest.mark.django_db
NORA = Actor(ActorKind.ADVISER, "A-1")
NOON = datetime(2015, 2, 11, 12, 0, tzinfo=UTC)
RECEIPT = ["termination.requested"]


@pytest.fixture
def world() -> World:
    world = World()
    world.it_is("2015-02-10 09:00")
    world.department("mailroom").passes_on("termination.requested", received_by="letter")
    return world


def changed(mode: Mode, at: datetime = NOON, reason: str = "a test") -> bool:
    return set_mode(mode=mode, reason=reason, by=NORA, at=at)


def decided_but_not_sent(world: World) -> None:
    """The receipt was written at its dispatch, and its job has not run."""
    world.it_is("2015-02-11 07:59")
    world.voice_decides("2015-02-11 08:01")


def test_a_change_is_on_record_with_who_when_and_why() -> None:
    assert changed(Mode.STOP, reason="  wrong amounts  ") is True

    assert list(ModeChange.objects.values_list("at", "mode", "by", "reason")) == [
        (NOON, "stop", "adviser:A-1", "wrong amounts")
    ]
    assert str(ModeChange.objects.get()) == "stop since 2015-02-11 12:00"


def test_the_mode_that_is_already_set_changes_nothing() -> None:
    assert changed(Mode.LIVE) is False
    assert changed(Mode.STOP) is True
    assert changed(Mode.STOP, at=NOON + timedelta(hours=1)) is False
    assert ModeChange.objects.count() == 1


def test_without_a_reason_it_is_refused_and_nothing_changes() -> None:
    with pytest.raises(ReasonMissing) as refused:
        changed(Mode.STOP, reason=" ")

    assert isinstance(refused.value, Refused)
    assert dict(refused.value.values) == {"mode": Mode.STOP}
    assert ModeChange.objects.count() == 0


def test_a_message_that_was_queued_does_not_leave_after_a_stop_and_leaves_when_it_ends(world: World) -> None:
    decided_but_not_sent(world)
    world.voice(Mode.STOP)
    world.messages_leave()
    while_stopped = world.customer("C-2001").topics_heard()

    world.voice(Mode.LIVE)
    world.messages_leave()

    assert while_stopped == []
    assert world.customer("C-2001").topics_heard() == [("2015-02-11 08:00", RECEIPT)]


def test_a_message_that_was_queued_does_not_leave_in_shadow_mode_either(world: World) -> None:
    decided_but_not_sent(world)
    world.voice(Mode.SHADOW)

    world.messages_leave()

    assert world.customer("C-2001").heard() == []
    assert [card.state for card in messages.of(["C-2001"])] == ["queued"]


def test_a_stop_holds_also_for_a_worker_whose_clock_is_behind(world: World) -> None:
    decided_but_not_sent(world)
    [card] = messages.waiting_to_leave()
    changed(Mode.STOP, at=card.written_at + timedelta(seconds=5))

    assert dispatch(message=card.uuid, by=SYSTEM, at=card.written_at) is False


def test_who_is_behind_with_his_clock_still_has_the_last_word() -> None:
    changed(Mode.STOP, at=NOON)
    changed(Mode.LIVE, at=NOON - timedelta(seconds=5))
    changed(Mode.SHADOW, at=NOON - timedelta(seconds=4))

    assert [(change.mode, change.at) for change in rules.changes()] == [
        (Mode.STOP, NOON),
        (Mode.LIVE, NOON + INSTANT),
        (Mode.SHADOW, NOON + 2 * INSTANT),
    ]


def test_whoever_waits_is_looked_at_when_the_voice_may_speak_again(world: World) -> None:
    world.voice(Mode.STOP)
    world.it_is("2015-02-11 09:30")
    assert next_due() == datetime(2015, 2, 11, 23, 0, tzinfo=UTC)  # the plan's: its receipt is late from midnight on

    world.voice(Mode.LIVE)

    assert next_due() == world.now
    world.it_is("2015-02-12 09:00")
    assert world.customer("C-2001").topics_heard() == [("2015-02-12 08:00", RECEIPT)]


def test_a_stop_wakes_nobody(world: World) -> None:
    world.it_is("2015-02-10 09:30")
    before = next_due()

    world.voice(Mode.STOP)

    assert next_due() == before


def test_shadow_mode_writes_proposals_that_nobody_gets(world: World) -> None:
    world.voice(Mode.SHADOW)
    world.it_is("2015-02-12 09:00")

    assert [card.state for card in messages.of(["C-2001"])] == ["proposed"]
    assert world.customer("C-2001").heard() == []


def test_its_job_lets_a_message_leave(world: World) -> None:
    decided_but_not_sent(world)
    [card] = messages.waiting_to_leave()

    tasks.send(message=str(card.uuid))

    assert [(one.state, one.uuid) for one in messages.of(["C-2001"])] == [("sent", card.uuid)]


def test_a_message_leaves_once(world: World) -> None:
    decided_but_not_sent(world)
    [card] = messages.waiting_to_leave()

    left = [dispatch(message=card.uuid, by=SYSTEM, at=card.written_at) for _ in range(2)]

    assert left == [True, False]
