"""What Prometheus reads is what is so, and not everybody reads it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from procrastinate.contrib.django import app
from pytest_django import Settings

from incoming import STRANGER, an_email
from ligneclaire.cases.actions.receive_mail import receive_mail
from ligneclaire.channels.email.postbox import Postbox
from ligneclaire.channels.models import Mailbox
from ligneclaire.facts.record import record
from ligneclaire.facts.stated import Priority, Statement
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.clock import now
from ligneclaire.ops.commands import imap
from ligneclaire.ops.imap import Look
from ligneclaire.voice.rules.state import Mode
from world import World

pytestmark = pytest.mark.django_db


def figures(client: Client) -> dict[str, int]:
    """Every figure that is read from the database."""
    lines = client.get("/metrics").content.decode().splitlines()
    named = [line.rsplit(" ", 1) for line in lines if line.startswith("ligneclaire_")]
    return {name: int(float(number)) for name, number in named if not name.startswith("ligneclaire_request")}


QUIET = {
    'ligneclaire_news{priority="live"}': 0,
    'ligneclaire_news{priority="bulk"}': 0,
    'ligneclaire_voice_mode{mode="live"}': 1,
    'ligneclaire_voice_mode{mode="shadow"}': 0,
    'ligneclaire_voice_mode{mode="stop"}': 0,
    "ligneclaire_questions_open": 0,
    "ligneclaire_messages_queued": 0,
    "ligneclaire_messages_delayed": 0,
    "ligneclaire_messages_undeliverable": 0,
    "ligneclaire_promises_unconfirmed": 0,
    "ligneclaire_mails_unmatched": 0,
    "ligneclaire_hooks_paused": 0,
    "ligneclaire_hooks_waiting": 0,
    "ligneclaire_facts_not_understood": 0,
    "ligneclaire_facts_set_aside": 0,
}


def test_an_empty_system_has_every_figure(client: Client) -> None:
    assert figures(client) == QUIET


def test_jobs_are_counted_by_queue_and_state(client: Client) -> None:
    app.configure_task("tests.mark", queue="bulk").defer(place="")

    assert figures(client) == QUIET | {'ligneclaire_jobs{queue="bulk",state="todo"}': 1}


def test_what_waits_for_people_is_counted(client: Client) -> None:
    world = World()
    world.read("2-five-goodbyes.jsonl")
    world.state({"source": "shop", "customer": "C-1001", "event": "visit", "data": {}})
    world.it_is("2015-02-16T10:00:00+01:00")
    world.voice(Mode.STOP)
    receive_mail(raw=an_email(sender=STRANGER), envelope=None, by=SYSTEM, at=now())

    found = figures(client)

    changed = {name: number for name, number in found.items() if QUIET.get(name) != number}
    assert {name: number for name, number in changed.items() if "jobs" not in name} == {
        'ligneclaire_voice_mode{mode="live"}': 0,
        'ligneclaire_voice_mode{mode="stop"}': 1,
        'ligneclaire_news{priority="live"}': 1,  # time has passed: the letter is due
        "ligneclaire_questions_open": 1,
        "ligneclaire_mails_unmatched": 1,
        "ligneclaire_facts_not_understood": 1,
    }


@pytest.mark.parametrize("priority", [Priority.LIVE, Priority.BULK])
def test_news_waits_by_its_priority(client: Client, priority: Priority) -> None:
    said = Statement(
        source="shop", source_id="1", kind="visit", customer=None, subject="", value=1, effective=None, at=now()
    )
    record([said], by=SYSTEM, at=now(), priority=priority)

    assert figures(client) == QUIET | {f'ligneclaire_news{{priority="{priority.name.lower()}"}}': 1}


@pytest.mark.parametrize(
    ("from_where", "token", "shown", "status"),
    [
        ({"REMOTE_ADDR": "10.0.0.4"}, "", "", 200),
        ({"REMOTE_ADDR": "8.8.8.8"}, "", "", 403),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "8.8.8.8"}, "", "", 403),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_PROTO": "https"}, "", "", 403),
        ({"REMOTE_ADDR": "8.8.8.8"}, "", "Bearer ", 403),
        ({"REMOTE_ADDR": "8.8.8.8"}, "sésame", "", 403),
        ({"REMOTE_ADDR": "8.8.8.8"}, "sésame", "Bearer wrong", 403),
        ({"REMOTE_ADDR": "8.8.8.8"}, "sesame", "Basic sesame", 403),
        ({"REMOTE_ADDR": "8.8.8.8"}, "sesame", "Bearer sesame", 200),
        ({"REMOTE_ADDR": "10.0.0.4"}, "sesame", "", 200),
    ],
)
def test_figures_are_for_our_own_network_or_for_who_has_the_token(
    client: Client, settings: Settings, from_where: dict[str, str], token: str, shown: str, status: int
) -> None:
    settings.METRICS_TOKEN = token

    response = client.get("/metrics", headers={"Authorization": shown}, **from_where)  # type: ignore[arg-type]  # into META

    assert response.status_code == status
    assert (b"ligneclaire_questions_open" in response.content) == (status == 200)


def test_how_emptying_a_mailbox_goes_is_counted(
    client: Client, settings: Settings, clock_at: Callable[[datetime], None]
) -> None:
    settings.IMAP = Postbox.parse("imaps://us:secret@imap.example/INBOX?done=Done")
    at = datetime(2026, 6, 1, 8, tzinfo=UTC)
    for minutes, look in enumerate((Look(), Look(taken=3, left=2, is_done=True), Look(taken=1), Look())):
        clock_at(at + timedelta(minutes=minutes))
        imap.note(look)

    found = figures(client)

    mailbox = '{mailbox="imap.example/INBOX"}'
    silent = found.pop(f"ligneclaire_mailbox_silent_seconds{mailbox}")
    assert 120 <= silent < 180
    assert {name: number for name, number in found.items() if "mailbox" in name} == {
        f"ligneclaire_mailbox_taken{mailbox}": 4,
        f"ligneclaire_mailbox_left{mailbox}": 2,
        f"ligneclaire_mailbox_failures{mailbox}": 3,
    }
    assert [str(one) for one in Mailbox.objects.all()] == ["imap.example/INBOX"]
