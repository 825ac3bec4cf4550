"""An adviser's day in the demo: what is there in the morning, and what customers write while it runs."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from threading import Event

import pytest

from builders import STORIES
from incoming import AUBERT, LENOIR
from ligneclaire.cases.actions.receive_mail import receive_mail
from ligneclaire.channels.email.inbound import Envelope
from ligneclaire.channels.letter.read_back import reference_on
from ligneclaire.channels.queries import messages, scans
from ligneclaire.channels.states import FileKind
from ligneclaire.config.wiring import deliver
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.people.queries import absences
from ligneclaire.simulation import demo, workday
from ligneclaire.voice.queries.day import DayList
from ops.test_mail import free_port, server
from today import listed

AT = datetime(2026, 11, 22, 12, tzinfo=demo.PARIS)
ROUSSEL = "roussel@example.org"
NAMES = ["1-a-question.eml", "2-an-answer.eml", "3-for-a-colleague.eml"]
Taken = list[tuple[bytes, str, tuple[str, ...]]]


@pytest.fixture
def house(db: None) -> None:
    demo.prepare(world=STORIES / "operator.json", stories=STORIES, password="secret", deliver=deliver, at=AT)


def write(taken: Taken, kept: Path) -> None:
    with server(lambda *mail: taken.append(mail)) as port:
        workday.let_write(STORIES, host="127.0.0.1", port=port, kept=kept, stop=Event(), first=0, every=0)


@pytest.mark.usefixtures("house")
def test_promises_are_due_a_colleague_is_away_and_a_letter_waits() -> None:
    away = absences.away(on=AT.date())

    assert {number: (one.backup, str(one.until)) for number, one in away.items()} == {"A-2": ("A-1", "2026-11-26")}
    [promise] = listed(DayList.PROMISES, on=AT.date())
    [callback] = listed(DayList.CALLBACKS, on=AT.date())
    assert (promise.customer, promise.owner_name) == ("C-3001", "Nora Benali")
    assert (callback.customer, callback.owner_name) == ("C-4001", "Hugo Marchand")
    assert [(one.name, one.pages, one.reference) for one in scans.waiting(limit=9)] == [
        ("letter-without-a-code.png", 1, "")
    ]


@pytest.mark.usefixtures("house")
def test_what_customers_write_lands_where_it_belongs(tmp_path: Path) -> None:
    taken: Taken = []
    write(taken, tmp_path / "written.json")

    landed = [
        receive_mail(raw=raw, envelope=Envelope(sender=sender, recipients=recipients), by=SYSTEM, at=AT).matter
        for raw, sender, recipients in taken
    ]

    assert [sender for _, sender, _ in taken] == [AUBERT, LENOIR, ROUSSEL]
    case = next(card.case for card in messages.of(["C-2001"]))
    assert [(one.customer, one.case) for one in landed if one] == [("C-3001", ""), ("C-2001", case), ("C-4001", "")]


def test_each_is_handed_over_once_whatever_is_started_again(tmp_path: Path) -> None:
    kept, taken = tmp_path / "written.json", list[tuple[bytes, str, tuple[str, ...]]]()
    kept.write_text(json.dumps(NAMES[:1]))

    write(taken, kept)
    write(taken, kept)

    assert [sender for _, sender, _ in taken] == [LENOIR, ROUSSEL]
    assert json.loads(kept.read_text()) == NAMES


def test_a_door_that_says_later_is_tried_again(tmp_path: Path) -> None:
    kept, tries = tmp_path / "written.json", list[str]()

    def take(_raw: bytes, sender: str, _recipients: tuple[str, ...]) -> None:
        tries.append(sender)
        if len(tries) == 1:
            raise OSError("no room")

    with server(take) as port:
        workday.let_write(STORIES, host="127.0.0.1", port=port, kept=kept, stop=Event(), first=0, every=0)

    assert tries == [AUBERT, AUBERT, LENOIR, ROUSSEL]


def test_nobody_writes_any_more_once_the_demo_ends(tmp_path: Path) -> None:
    kept, stop = tmp_path / "written.json", Event()
    stop.set()

    workday.let_write(STORIES, host="127.0.0.1", port=free_port(), kept=kept, stop=stop)

    assert not kept.exists()


@pytest.mark.usefixtures("house")
def test_the_letter_to_scan_leads_back_to_its_matter_and_is_made_once(tmp_path: Path) -> None:
    place = tmp_path / "a" / "letter.png"

    workday.put_down_a_scan(place, customer="C-2001")

    [case] = {card.case for card in messages.of(["C-2001"])}
    assert reference_on(place.read_bytes(), FileKind.PNG) == case
    made = place.stat().st_mtime_ns
    workday.put_down_a_scan(place, customer="C-2001")
    assert place.stat().st_mtime_ns == made


@pytest.mark.django_db
def test_without_a_letter_there_is_nothing_to_scan(tmp_path: Path) -> None:
    workday.put_down_a_scan(tmp_path / "letter.png", customer="C-2001")

    assert list(tmp_path.iterdir()) == []
