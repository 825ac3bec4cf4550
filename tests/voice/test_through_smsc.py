"""A real short-message centre between us and a phone: what we write arrives whole, and what it answers is an entry."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from pytest_django.fixtures import Settings

from ligneclaire.channels.models import Entry
from ligneclaire.channels.queries import messages
from ligneclaire.channels.sms import lines
from ligneclaire.channels.sms.centre import Centre
from ligneclaire.channels.sms.smpp import Line
from ligneclaire.channels.states import Channel
from ligneclaire.kernel.actor import Actor, ActorKind
from ligneclaire.ops.commands import sms
from ligneclaire.voice import tasks
from ligneclaire.voice.actions.write_message import Words, write_message
from smsc import until
from voice.test_by_mail import jobs
from world import World

PACKAGES = Path(__file__).resolve().parents[2] / "var" / "smsc" / "node_modules"
NODE = shutil.which("node")
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.timeout(120),
    pytest.mark.skipif(not (NODE and PACKAGES.is_dir()), reason="no npm package smpp here (tools/smsc)"),
]
NOON = datetime(2015, 2, 16, 11, tzinfo=UTC)
MESSAGE = UUID(int=5)
TEXT = "L'été dernier, nous avons posé la fibre [côté cour] : 10 €. " * 4
PARTS = 5  # with the signature


@pytest.fixture
def centre() -> Iterator[subprocess.Popen[str]]:
    assert NODE
    script = Path(__file__).parents[1] / "smsc.js"
    environment = os.environ | {"NODE_PATH": str(PACKAGES)}
    process = subprocess.Popen([NODE, str(script)], stdout=subprocess.PIPE, text=True, env=environment)
    yield process
    process.kill()
    process.communicate()


def test_it_arrives_whole_is_delivered_and_answered_once(
    centre: subprocess.Popen[str], settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.OUTBOX, settings.MAILBOX = tmp_path / "outbox", tmp_path / "mail"
    assert centre.stdout
    settings.SMPP = Centre.parse(f"smpp://care:secret@127.0.0.1:{int(centre.stdout.readline())}?from=36105")
    monkeypatch.setattr(tasks, "now", lambda: NOON)
    World()
    words = Words(customer="C-2001", channel=Channel.SMS, subject="La fibre", text=TEXT)
    write_message(message=MESSAGE, words=words, by=Actor(ActorKind.ADVISER, "A-1"), at=NOON)
    line, stop = Line(settings.SMPP, sms._heard_afresh), threading.Event()
    talking = threading.Thread(target=line.run, args=[stop])
    talking.start()
    try:
        with lines.used(line):
            assert line.is_bound.wait(20)
            tasks.send(str(MESSAGE))
            until(lambda: len(jobs("take_receipt")) == PARTS)
            until(Entry.objects.exists)
    finally:
        stop.set()
        talking.join(20)

    parts = [json.loads(centre.stdout.readline()) for _ in range(PARTS)]
    kept = (settings.OUTBOX / "sms" / f"{MESSAGE}.txt").read_text().partition("\n\n")[2].rstrip("\n")
    assert "".join(part["text"] for part in parts) == kept
    assert {part["coding"] for part in parts} == {8}
    for args, _ in jobs("take_receipt"):
        tasks.take_receipt(**args)  # type: ignore[arg-type]
    card = messages.by_uuid(MESSAGE)
    assert card is not None
    assert card.standing == "delivered"
    assert list(Entry.objects.values_list("customer", "medium", "text")) == [
        ("C-2001", "sms", "Merci, ça me va très bien. " * 4 + "À bientôt 😀")
    ]
