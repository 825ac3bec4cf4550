"""A supervisor says why somebody opened very many records; reading on raises the alarm anew."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from builders import a_world
from ligneclaire.cases.actions.tick_off_alarm import AlarmUnexplained, NoAlarm, OwnAlarm, tick_off_alarm
from ligneclaire.cases.models import AlarmNote, Occasion, Read
from ligneclaire.cases.queries import reads
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.people.access.roles import NotAllowed, Right
from ligneclaire.people.actions.give_login import give_login
from ligneclaire.people.actions.set_supervision import set_supervision
from ligneclaire.people.queries.advisers import AdviserUnknown

pytestmark = pytest.mark.django_db
NOW = datetime(2015, 2, 16, 9, 7, tzinfo=UTC)
NORA = Actor(ActorKind.ADVISER, "A-1")


@pytest.fixture(autouse=True)
def world(monkeypatch: pytest.MonkeyPatch) -> None:
    a_world()
    for adviser, username in (("A-1", "nora"), ("A-2", "hugo"), ("A-3", "ines")):
        give_login(adviser=adviser, username=username, password="x", by=SYSTEM, at=NOW)
        set_supervision(username=username, is_supervisor=adviser != "A-3", by=SYSTEM, at=NOW)
    monkeypatch.setattr(reads, "ALARM_AT", 2)  # so few are very many here
    for minute, customer in enumerate(("C-1001", "C-3001")):
        opened(customer, NOW + timedelta(minutes=minute))


def opened(customer: str, at: datetime) -> None:
    """Hugo opens a record without a matter in hand."""
    named = {"customer_id": customer, "adviser_id": "A-2"}
    occasion, _ = Occasion.objects.get_or_create(**named, day=at.date(), defaults={"kind": "PHONE", "said_at": at})
    Read.objects.create(**named, page="RECORD", quarter=at, at=at, basis="OCCASION", occasion=occasion)


def alarms() -> list[tuple[str, int, datetime]]:
    return [(one.adviser, one.customers, one.at) for one in reads.alarms(at=NOW + timedelta(hours=1))]


def tick_off(note: str = "Contrôle qualité.", *, adviser: str = "A-2", reached_at: datetime | None = None) -> None:
    at = NOW + timedelta(hours=1)
    reached = reached_at or NOW + timedelta(minutes=1)
    tick_off_alarm(adviser=adviser, reached_at=reached, note=note, by=NORA, at=at)


def test_once_explained_it_is_gone_and_reading_on_raises_it_anew() -> None:
    assert alarms() == [("A-2", 2, NOW + timedelta(minutes=1))]

    tick_off(" Contrôle qualité. ")

    assert alarms() == []
    kept = AlarmNote.objects.get()
    assert (kept.note, kept.by, str(kept)) == ("Contrôle qualité.", "adviser:A-1", f"A-2 until {kept.reached_at}")
    opened("C-4001", NOW + timedelta(minutes=2))
    assert alarms() == [("A-2", 3, NOW + timedelta(minutes=2))]


def test_nobody_ticks_off_their_own() -> None:
    with pytest.raises(OwnAlarm):
        tick_off_alarm(
            adviser="A-2",
            reached_at=NOW + timedelta(minutes=1),
            note="C’était moi.",
            by=Actor(ActorKind.ADVISER, "A-2"),
            at=NOW + timedelta(hours=1),
        )

    assert len(alarms()) == 1


def test_an_adviser_who_supervises_nobody_ticks_off_nothing() -> None:
    ines = Actor(ActorKind.ADVISER, "A-3")

    with pytest.raises(NotAllowed) as refused:
        tick_off_alarm(adviser="A-2", reached_at=NOW + timedelta(minutes=1), note="Bon.", by=ines, at=NOW)

    assert refused.value.values == {"by": ines, "right": Right.OVERSEE}
    assert (len(alarms()), AlarmNote.objects.count()) == (1, 0)


def test_without_a_word_it_stays() -> None:
    with pytest.raises(AlarmUnexplained):
        tick_off("  ")
    assert (len(alarms()), AlarmNote.objects.count()) == (1, 0)


def test_what_does_not_stand_cannot_be_ticked_off() -> None:
    with pytest.raises(NoAlarm):
        tick_off(reached_at=NOW)
    with pytest.raises(NoAlarm):
        tick_off(adviser="A-3")
    with pytest.raises(AdviserUnknown):
        tick_off(adviser="A-404")
    tick_off()
    with pytest.raises(NoAlarm):
        tick_off()
    assert AlarmNote.objects.count() == 1
