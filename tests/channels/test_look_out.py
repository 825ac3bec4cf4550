"""What waits for an answer is found whatever was looked up before, and by looking at little."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from builders import a_world
from ligneclaire.channels import tasks
from ligneclaire.channels.actions.look_out import look_out
from ligneclaire.channels.actions.need_no_answer import need_no_answer
from ligneclaire.channels.actions.record_entry import Said, record_entry
from ligneclaire.channels.models import Entry, Lookout, Message, StillWaiting
from ligneclaire.channels.queries import entries
from ligneclaire.channels.states import Direction, Medium
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.voice.queries import day
from ligneclaire.voice.queries.day import DayList

pytestmark = pytest.mark.django_db
NOW = datetime(2015, 2, 16, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


def writes(*, by: Medium = Medium.LETTER, at: datetime = NOW) -> UUID:
    said = Said(customer="C-2001", case="", medium=by, direction=Direction.IN, text="Bonjour", happened_at=at)
    record_entry(uuid=(uuid := uuid4()), said=said, by=SYSTEM, at=at)
    return uuid


def answer(entry: UUID, *, at: datetime = NOW) -> Message:
    return Message.objects.create(
        uuid=uuid4(),
        utterance=uuid4(),
        customer="C-2001",
        case="LC-1",
        channel="letter",
        language="fr",
        adviser="A-1",
        subject="x",
        content={},
        destination=[],
        written_at=at,
        written_by="adviser:A-1",
        answers=entry,
    )


def listed() -> list[UUID]:
    """What Today lists, which is what waits."""
    found = [one.uuid for one in day.one(DayList.ENTRIES, "A-1", today=date(2015, 2, 16), limit=99, skip=0).rows]
    assert set(found) == {one for one in Entry.objects.values_list("uuid", flat=True) if entries.is_waiting(one)}
    return found


def look(at: datetime) -> int | None:
    return look_out(by=SYSTEM, at=at)


def test_what_waits_is_listed_before_and_after_it_was_looked_up() -> None:
    first, second, third = writes(), writes(), writes()
    answer(second)
    assert listed() == [first, third]

    assert look(NOW) == 0  # what is there may not all be committed
    assert listed() == [first, third]
    fourth = writes()
    assert look(NOW + HOUR) == 2
    assert listed() == [first, third, fourth]
    need_no_answer(entry=first, reason="Merci", by=SYSTEM, at=NOW + HOUR)
    assert listed() == [third, fourth]
    assert (Lookout.objects.get().looked_to, StillWaiting.objects.count()) == (_ids()[2], 2)


def test_an_answer_that_is_taken_back_lets_it_wait_again() -> None:
    entry = writes()
    reply = answer(entry)
    look(NOW)
    look(NOW + HOUR)
    assert (listed(), StillWaiting.objects.count()) == ([], 0)

    reply.state = "undone"
    reply.save()

    assert listed() == [entry]
    look(NOW + 2 * HOUR)
    assert (listed(), StillWaiting.objects.count()) == ([entry], 1)


def test_a_call_does_not_wait() -> None:
    writes(by=Medium.CALL)
    look(NOW)
    assert look(NOW + HOUR) == 0
    assert listed() == []


def test_soon_after_the_last_time_it_is_not_looked_again() -> None:
    writes()
    look(NOW)

    assert look(NOW + timedelta(minutes=29)) is None
    assert str(Lookout.objects.get()) == "up to 0"
    assert look(NOW + timedelta(minutes=30)) == 1
    assert str(StillWaiting.objects.get()) == f"entry {_ids()[0]}"


def test_the_job_looks() -> None:
    tasks.look_out_for_waiting(timestamp=0)

    assert Lookout.objects.count() == 1


def _ids() -> list[int]:
    return list(Entry.objects.order_by("id").values_list("id", flat=True))
