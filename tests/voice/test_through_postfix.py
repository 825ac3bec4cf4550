"""A real Postfix between us and a world that refuses, waits and is away: no mail is lost, none comes twice."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes
from email.message import Message
from email.policy import default
from hashlib import sha256
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from ligneclaire.channels.email.inbound import Envelope
from ligneclaire.channels.email.server import MailServer, Security
from ligneclaire.channels.queries import messages
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.people.models import ContactPoint
from ligneclaire.voice import tasks
from ligneclaire.voice.actions.take_mail import take_mail
from mail_relay import is_possible, relay
from post_office import PostOffice, free_port, post_office
from voice.test_by_mail import jobs
from world import World

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.timeout(180),
    pytest.mark.skipif(not is_possible(), reason="no Postfix here (tools/postfix), or not root"),
]
CONTRACTS = ("K-ADSL-1", "K-MOB-11", "K-MOB-31", "K-FIX-7")
BASE = "reponse@mail.operator.example"


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < end, "it never comes"
        time.sleep(0.05)


def received(office: PostOffice) -> list[Message]:
    return [message_from_bytes(mail, policy=default) for mail in office.mails()]


def body_of(mail: bytes) -> str:
    return sha256(mail.partition(b"\r\n\r\n")[2]).hexdigest()


def test_whatever_happens_on_the_way_each_mail_comes_once(settings: Settings, tmp_path: Path) -> None:
    relay_port, world_port = free_port(), free_port()
    settings.OUTBOX, settings.REPLY_ADDRESS = tmp_path / "outbox", BASE
    settings.MAILBOX = tmp_path / "mail"
    settings.SMTP = MailServer(host="127.0.0.1", port=relay_port, security=Security.NONE)
    world = World()
    world.it_is("2015-02-10 09:00")
    for contract in CONTRACTS:
        world.department("space").passes_on("termination.requested", received_by="online", of=contract)
    world.voice_decides("2015-02-10 09:01")
    cards = messages.waiting_to_leave()
    first_jobs = [args for args, _ in jobs()]

    # 1. Our own server is away: everything waits, with its words.
    for args in first_jobs:
        tasks.send(**args)  # type: ignore[arg-type]
    delayed = messages.delayed()
    assert delayed is not None
    assert (delayed.count, delayed.answer) == (4, "[Errno 111] Connection refused")

    # 2. It is back and takes everything, while the world is away: we are done, it waits.
    with relay(relay_port, world=world_port):
        for args, _ in jobs()[len(first_jobs) :]:
            tasks.send(**args)  # type: ignore[arg-type]
        assert messages.waiting_to_leave() == ()
        assert len(jobs()) == 2 * len(first_jobs)

        # 3. The world comes back, says "later" twice and "never" once: three mails arrive, and one comes back to us.
        with post_office(world_port) as office:
            office.to_recipient = ["451 4.3.0 later", "450 4.2.0 greylisted", "550 5.1.1 no such mailbox"]
            until(lambda: len(office.accepted) == 4)
            time.sleep(1.5)  # a second copy would come with the next run of the queue

            mails, envelopes = received(office), office.accepted
            [bounce] = [mail for mail, envelope in zip(mails, envelopes, strict=True) if envelope.mail_from == "<>"]
            arrived = {mail["Message-ID"]: raw for mail, raw in zip(mails, office.mails(), strict=True)}

    # 4. What arrived is what we kept; what did not comes back to the address of its matter.
    sent = {f"<{card.uuid}@ligneclaire.example>": card for card in cards}
    [lost] = sent.keys() - arrived.keys()
    assert bounce["To"] == f"reponse+{sent[lost].case}@mail.operator.example"
    assert len(envelopes) == 4
    for name in sent.keys() - {lost}:
        kept = settings.OUTBOX / "email" / f"{sent[name].uuid}.eml"
        assert body_of(arrived[name]) == body_of(kept.read_bytes())

    # 5. Handed over to us as our server would, it leads to the next way, and to a doubt.
    back = Envelope(sender="", recipients=(bounce["To"],))
    raw = next(mail for mail in office.mails() if message_from_bytes(mail, policy=default)["To"] == bounce["To"])
    take_mail(raw=raw, envelope=back, by=SYSTEM, at=sent[lost].written_at + timedelta(hours=1))
    card = messages.by_uuid(sent[lost].uuid)
    assert card is not None
    assert (card.state, card.answer) == ("undeliverable", "550 5.1.1 no such mailbox")
    [letter] = messages.waiting_to_leave()
    assert (letter.channel, letter.instead_of) == ("letter", card.uuid)
    assert ContactPoint.objects.get(value=card.destination[0]).doubted_at == card.failing_since
