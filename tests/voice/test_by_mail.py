"""Messages leave by a real mail server: none is lost, none leaves twice, and what cannot leave is somebody's work."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes
from hashlib import sha256
from math import ceil
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from builders import refused_by
from ligneclaire.channels.actions.tick_off_message import NothingUndelivered, WhatCameOfItMissing, tick_off_message
from ligneclaire.channels.email.server import MailServer, Security
from ligneclaire.channels.models import Message
from ligneclaire.channels.queries import messages
from ligneclaire.channels.queries.messages import Delayed, MessageCard
from ligneclaire.channels.rules import patience
from ligneclaire.channels.states import MessageState
from ligneclaire.facts.models import Fact
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.people.actions.confirm_email import confirm_email
from ligneclaire.people.models import ContactPoint, Operator
from ligneclaire.people.states import ContactKind
from ligneclaire.voice import tasks
from ligneclaire.voice.actions.send_again import NotUndeliverable, send_again
from ligneclaire.voice.dispatch import Attempt, attempt, dispatch
from ligneclaire.voice.queries import day, left_behind
from ligneclaire.voice.queries.day import DayList, Listed
from ligneclaire.voice.rules.state import Mode
from post_office import PostOffice, free_port, post_office
from world import World

pytestmark = pytest.mark.django_db
NORA = Actor(ActorKind.ADVISER, "A-1")
MINUTE = timedelta(minutes=1)
LATER, NEVER = "451 4.3.0 try later", "550 5.1.1 <lenoir@example.org>: no such mailbox"


@pytest.fixture
def office(settings: Settings, tmp_path: Path) -> Iterator[PostOffice]:
    settings.OUTBOX, settings.REPLY_ADDRESS = tmp_path / "outbox", "reponse@mail.operator.example"
    with post_office() as office:
        settings.SMTP = office.server
        yield office


@pytest.fixture
def world(office: PostOffice) -> World:
    """A customer ended a contract online; the acknowledgement is worded, and its job has not run."""
    world = World()
    world.it_is("2015-02-10 09:00")
    world.department("space").passes_on("termination.requested", received_by="online")
    world.voice_decides("2015-02-10 09:01")
    return world


def waiting() -> MessageCard:
    """The e-mail; what goes by letter in the place of one that was refused is another story."""
    [card] = [card for card in messages.waiting_to_leave() if card.channel == "email"]
    return card


def found(uuid: UUID) -> MessageCard:
    card = messages.by_uuid(uuid)
    assert card is not None
    return card


def tried(card: MessageCard, at: datetime | None = None) -> Attempt:
    return attempt(message=card.uuid, tried=None, by=SYSTEM, at=at or card.written_at)


def undelivered(card: MessageCard) -> Listed:
    return day.one(DayList.UNDELIVERED, "A-1", today=card.written_at.date(), limit=10, skip=0)


def files(settings: Settings) -> list[Path]:
    return [path for path in settings.OUTBOX.rglob("*") if path.is_file()]


def jobs(task: str = "send", *, package: str = "voice") -> list[tuple[dict[str, object], int]]:
    """The jobs of a task and in how many seconds each is to run, in tens, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args, extract(epoch FROM scheduled_at - clock_timestamp())::float FROM procrastinate_jobs"
            " WHERE task_name = %s ORDER BY id",
            [f"ligneclaire.{package}.tasks.{task}"],
        )
        return [(json.loads(args), 10 * ceil((seconds or 0) / 10)) for args, seconds in cursor.fetchall()]


def test_what_the_server_has_is_what_is_kept(world: World, office: PostOffice, settings: Settings) -> None:
    card = waiting()

    assert dispatch(message=card.uuid, by=SYSTEM, at=card.written_at)

    [mail], [envelope] = office.mails(), office.accepted
    sent = found(card.uuid)
    assert (settings.OUTBOX / sent.file).read_bytes() == mail
    assert (sent.state, sent.digest) == ("sent", sha256(mail).hexdigest())
    back = f"reponse+{card.case}@mail.operator.example"
    assert (envelope.mail_from, envelope.rcpt_tos) == (back, ["lenoir@example.org"])
    headers = message_from_bytes(mail)
    assert headers["Message-ID"] == f"<{card.uuid}@ligneclaire.example>"
    assert back in headers["Reply-To"]


def test_the_second_e_mail_of_a_case_stands_under_the_first(world: World, office: PostOffice) -> None:
    world.messages_leave()
    world.department("contracts").states("contract.ends_on", "2015-02-27")
    world.it_is("2015-02-20 09:00")

    first, *others = [message_from_bytes(mail) for mail in office.mails()]
    assert [first["References"], *(mail["References"].split()[0] for mail in others)] == [
        None,
        *[first["Message-ID"]] * len(others),
    ]
    assert len(others) > 0


def test_a_refusal_for_good_becomes_work_with_the_servers_words(
    world: World, office: PostOffice, settings: Settings
) -> None:
    card = waiting()
    office.to_recipient = [NEVER]

    made = tried(card)

    assert made == Attempt(instead=messages.replacement_of(card.uuid))
    refused = found(card.uuid)
    assert (refused.state, refused.standing, refused.answer) == ("undeliverable", "undeliverable", NEVER)
    assert (refused.failing_since, refused.tried, refused.file) == (card.written_at, 1, "")
    [letter] = messages.waiting_to_leave()
    assert (letter.channel, letter.instead_of, files(settings)) == ("letter", card.uuid, [])
    assert not Fact.objects.filter(kind="channels.message_sent").exists()
    [work] = undelivered(card).rows
    assert (work.message, work.customer_name, work.destination, work.answer, work.owner_name) == (
        card.uuid,
        "M. et Mme Lenoir",
        ("lenoir@example.org",),
        NEVER,
        "Nora Benali",
    )


def test_it_leaves_later_as_it_was_first_written(world: World, office: PostOffice, settings: Settings) -> None:
    card = waiting()
    office.to_mail = [LATER]

    assert tried(card) == Attempt(again_in=MINUTE)
    [kept] = files(settings)
    first = kept.read_bytes()
    delayed = found(card.uuid)
    assert (delayed.state, delayed.standing, delayed.tried) == ("queued", "delayed", 1)
    assert messages.delayed() == Delayed(count=1, since=card.written_at, answer=LATER)
    Operator.objects.update(name="Renommé")
    assert tried(card, card.written_at + MINUTE) == Attempt(left=True)

    assert office.mails() == [first]
    sent = found(card.uuid)
    assert (sent.state, sent.standing, sent.answer, sent.failing_since) == ("sent", "sent", "", None)
    assert messages.delayed() is None


def test_a_delayed_message_has_one_job_at_a_time_however_many_ask(world: World, office: PostOffice) -> None:
    card = waiting()
    office.to_sender = [LATER, LATER]
    [(first, _)] = jobs()
    assert first == {"message": str(card.uuid), "tried": 0}

    tasks.send(**first)  # type: ignore[arg-type]
    second = {"message": str(card.uuid), "tried": 1}
    assert jobs() == [(first, 0), (second, 60)]
    tasks.send(**first)  # type: ignore[arg-type]  # as if it had been brought back
    assert (office.tried, len(jobs())) == (1, 2)
    tasks.send(**second)  # type: ignore[arg-type]
    tasks.send(message=str(card.uuid), tried=2)

    assert [(mail is not None, found(card.uuid).state) for mail in office.mails()] == [(True, "sent")]
    assert [args["tried"] for args, _ in jobs()] == [0, 1, 2]


def test_a_message_survives_an_hour_without_a_server_and_leaves_once(world: World, settings: Settings) -> None:
    card, port = waiting(), free_port()
    settings.SMTP = MailServer(host="127.0.0.1", port=port, security=Security.NONE)
    at, hour = card.written_at, card.written_at + timedelta(hours=1)

    waits = []
    while at < hour:
        again_in = tried(card, at).again_in
        assert again_in is not None
        waits.append(again_in // MINUTE)
        at += again_in
    with post_office(port) as office:
        assert tried(card, at) == Attempt(left=True)
        assert tried(card, at + MINUTE) == Attempt()

        assert len(office.accepted) == 1
    assert waits == [1, 1, 2, 4, 8, 16, 32]
    assert found(card.uuid).tried == 7


def test_after_five_days_a_person_looks(world: World, office: PostOffice) -> None:
    card = waiting()
    office.to_sender = [LATER] * 3

    made = [tried(card, card.written_at + timedelta(days=days)).again_in for days in (0, 4, 5)]

    assert made == [MINUTE, timedelta(hours=4), None]
    assert (found(card.uuid).state, found(card.uuid).answer) == ("undeliverable", LATER)


def test_a_stop_ends_the_waiting_and_its_end_begins_it_anew(world: World, office: PostOffice) -> None:
    card = waiting()
    office.to_sender = [LATER]
    tasks.send(message=str(card.uuid))
    world.voice(Mode.STOP)

    tasks.send(message=str(card.uuid), tried=1)
    world.voice(Mode.LIVE)

    assert office.tried == 1
    assert jobs()[-1] == ({"message": str(card.uuid), "tried": 1}, 0)


def test_a_message_whose_job_was_lost_gets_another_and_no_other_does(world: World, office: PostOffice) -> None:
    card = waiting()
    tasks.send_what_was_left(timestamp=0)
    assert len(jobs()) == 1
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    assert left_behind.messages(at=card.written_at + 20 * MINUTE) == {}

    world.voice(Mode.STOP)
    tasks.send_what_was_left(timestamp=0)
    assert jobs() == []
    world.voice(Mode.LIVE)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE task_name LIKE '%.send'")
    tasks.send_what_was_left(timestamp=0)

    assert [args for args, _ in jobs()] == [{"message": str(card.uuid), "tried": 0}] * 2


def test_sent_again_it_goes_to_the_address_that_is_known_by_now(world: World, office: PostOffice) -> None:
    card = waiting()
    office.to_recipient = [NEVER]
    tried(card)
    confirm_email(customer="C-2001", email="m.lenoir@example.org", by=NORA, at=card.written_at)

    send_again(message=card.uuid, by=NORA, at=card.written_at)

    again = waiting()
    assert (again.destination, again.standing, again.answer) == (("m.lenoir@example.org",), "queued", "")
    tasks.send(**jobs()[-1][0])  # type: ignore[arg-type]
    [envelope] = office.accepted
    assert envelope.rcpt_tos == ["m.lenoir@example.org"]
    assert b"To: m.lenoir@example.org\r\n" in office.mails()[0]
    with pytest.raises(NotUndeliverable):
        send_again(message=card.uuid, by=NORA, at=card.written_at)


def test_without_any_address_by_now_it_goes_where_it_went(world: World, office: PostOffice) -> None:
    card = waiting()
    office.to_recipient = [NEVER]
    tried(card)
    ContactPoint.objects.filter(customer__number="C-2001", kind=ContactKind.EMAIL).delete()

    send_again(message=card.uuid, by=NORA, at=card.written_at)

    assert waiting().destination == ("lenoir@example.org",)


def test_ticked_off_it_is_nobodys_work_any_more_and_cannot_leave(world: World, office: PostOffice) -> None:
    card = waiting()
    office.to_recipient = [NEVER]
    tried(card)

    with pytest.raises(WhatCameOfItMissing):
        tick_off_message(message=card.uuid, note="  ", by=NORA, at=card.written_at)
    tick_off_message(message=card.uuid, note=" Appelés. ", by=NORA, at=card.written_at)

    done = found(card.uuid)
    assert (done.state, done.note, done.ticked_off_at) == ("undeliverable", "Appelés.", card.written_at)
    assert undelivered(card).total == 0
    with pytest.raises(NothingUndelivered):
        tick_off_message(message=card.uuid, note="x", by=NORA, at=card.written_at)
    for uuid in (card.uuid, UUID(int=0)):
        with pytest.raises(NotUndeliverable):
            send_again(message=uuid, by=NORA, at=card.written_at)
    assert found(card.uuid).note == "Appelés."


def test_the_database_refuses_what_cannot_be(world: World) -> None:
    row = Message.objects.filter(uuid=waiting().uuid)
    now = waiting().written_at

    with refused_by("message_fails_with_answer"):
        row.update(answer=LATER)
    with refused_by("message_fails_with_answer"):
        row.update(failing_since=now)
    with refused_by("message_undeliverable_fails"):
        row.update(state=MessageState.UNDELIVERABLE)
    with refused_by("message_undeliverable_fails"):
        row.update(state=MessageState.PROPOSED, failing_since=now, answer=LATER)
    with refused_by("message_ticked_off_with_note"):
        row.update(ticked_off_at=now, ticked_off_by="adviser:A-1", note="x")
    with refused_by("message_ticked_off_with_note"):
        row.update(state=MessageState.UNDELIVERABLE, failing_since=now, answer=NEVER, ticked_off_at=now)


@pytest.mark.parametrize(
    ("minutes", "wait"), [(0, 1), (1, 1), (90, 90), (239, 239), (600, 240), (7199, 240), (7200, None)]
)
def test_who_waits_long_waits_longer_but_never_more_than_four_hours(minutes: int, wait: int | None) -> None:
    found = patience.wait(minutes * MINUTE)

    assert found == (None if wait is None else wait * MINUTE)
