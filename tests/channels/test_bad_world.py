"""Many mails by a real Postfix to a world that refuses, waits, hangs up, is slow and is away: each arrives once."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from random import Random

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP as Server  # noqa: N811 - the other SMTP is a policy
from aiosmtpd.smtp import Envelope, Session

from incoming import plus
from ligneclaire.channels.email.smtp import hand_over
from mail_relay import is_possible, relay
from post_office import free_port

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not is_possible(), reason="no Postfix here (tools/postfix), or not root"),
]
LATER = ["450 4.2.0 greylisted", "451 4.3.0 later", "data 451 4.3.0 later", "data 452 4.3.1 full", "hangs up"]
NEVER = ["550 5.1.1 no such mailbox", "data 554 5.7.1 no"]
SLOW = 1.5  # seconds
BY_POSTFIX = 60  # mails


@dataclass
class BadWorld:
    """Answers each recipient by their own list, then accepts; counts how often it was asked for each."""

    scripts: dict[str, list[str]]
    accepted: list[Envelope] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)
    at_data: dict[str, str] = field(default_factory=dict)

    async def handle_RCPT(  # noqa: N802 - as the library calls it
        self, server: Server, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """For whom it is."""
        self.asked[address] += 1
        step = self.scripts[address].pop(0) if self.scripts.get(address) else ""
        if step == "hangs up":
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        elif step == "is slow":
            await asyncio.sleep(SLOW)
        elif step.startswith("data "):
            self.at_data[address] = step.removeprefix("data ")
        elif step:
            return step
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Server, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """The mail itself."""
        answer = self.at_data.pop(envelope.rcpt_tos[0], "250 2.0.0 queued")
        if answer.startswith("2"):
            self.accepted.append(envelope)
        return answer

    @contextmanager
    def open(self, port: int) -> Iterator[None]:
        """Serve for the length of the block."""
        controller = Controller(self, hostname="127.0.0.1", port=port)
        controller.start()
        try:
            yield
        finally:
            controller.stop()


def test_each_mail_arrives_once_after_as_many_tries_as_the_world_asked_for() -> None:
    chance, port, world_port = Random(7), free_port(), free_port()
    scripts = {
        f"kunde{number}@example.org": [
            *chance.choices(LATER, k=chance.choice([0, 0, 1, 2])),
            chance.choice(NEVER) if number % 6 == 0 else chance.choice(["", "is slow"]),
        ]
        for number in range(BY_POSTFIX)
    }
    lost = {address for address, steps in scripts.items() if steps[-1] in NEVER}
    world = BadWorld(scripts={address: list(steps) for address, steps in scripts.items()})

    with relay(port, world=world_port) as server:
        for number, address in enumerate(scripts):
            sender = plus("LC-7K2M-9QX4")
            hand_over(a_mail(number, address), sender=sender, to=address, server=server)
        time.sleep(3)  # the world is away: an hour of it is the same, only longer
        with world.open(world_port):
            until(world, BY_POSTFIX)  # a mail or its report, for each
            time.sleep(4)  # a second copy would come with the next runs of the queue

    arrived = Counter(
        address for envelope in world.accepted if envelope.mail_from != "<>" for address in envelope.rcpt_tos
    )
    assert arrived == Counter(scripts.keys() - lost)
    reports = [envelope for envelope in world.accepted if envelope.mail_from == "<>"]
    assert Counter(of_whom(envelope) for envelope in reports) == Counter(lost)
    assert {envelope.rcpt_tos[0] for envelope in reports} == {plus("LC-7K2M-9QX4")}
    assert {address: world.asked[address] for address in scripts} == {one: len(steps) for one, steps in scripts.items()}


def a_mail(number: int, address: str) -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = "nora@ligneclaire.example", address, f"Nr. {number}"
    mail["Message-ID"] = f"<{number}@ligneclaire.example>"
    mail.set_content("Bonjour")
    return mail.as_bytes()


def of_whom(report: Envelope) -> str:
    [block] = [
        part for part in message_from_bytes(bytes(report.original_content or b""), policy=default).walk()
        if part["Final-Recipient"]
    ]  # fmt: skip
    return str(block["Final-Recipient"]).partition(";")[2].strip()


def until(world: BadWorld, count: int) -> None:
    end = time.monotonic() + 300
    while len(world.accepted) < count:
        assert time.monotonic() < end, "it never comes"
        time.sleep(0.1)
