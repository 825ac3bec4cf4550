"""Thousands of odd e-mails over lines that break, to a server that is killed: each ends in its one place."""

from __future__ import annotations

import os
import queue
import signal
import smtplib
import socket
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from pytest_django.fixtures import Settings

from builders import a_world, the_story_world
from ligneclaire.cases.facts import CONTACT_LOGGED
from ligneclaire.cases.models import UnmatchedMail
from ligneclaire.cases.queries import said
from ligneclaire.channels import mailbox
from ligneclaire.channels.models import Attachment, DeliveryReport, Entry, Mail, Message
from ligneclaire.channels.states import Fate
from ligneclaire.facts.models import Fact
from oddities import MONDAY, Entered, Odd, Oddities, Refuses, Reports, Waits, a_world_of_cases
from ops.test_mail import free_port, wait_for

HANDS = 4  # connections of the mail server
MISHAPS = 0.06  # of e-mails, how many meet with one on their way
KINDS = ("after the sender", "in the data", "after the data")


class Gone(Exception):
    """The line broke, by our own doing."""


@dataclass
class Carrier:
    """A mail server's queue: an e-mail stays in it until somebody takes it, or refuses it for good."""

    port: int
    random: Random
    waiting: queue.Queue[Odd] = field(default_factory=queue.Queue)
    answers: dict[int, list[int]] = field(default_factory=dict)
    tries: Counter[int] = field(default_factory=Counter)
    mishaps: Counter[str] = field(default_factory=Counter)
    to_come: Iterator[str] = field(default_factory=lambda: iter(KINDS))
    done: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def carry(self, total: int) -> None:
        """Hand over what waits, over lines of which each carries some, until all is done."""
        while self.done < total:
            with (
                suppress(OSError, smtplib.SMTPException, Gone),
                smtplib.LMTP("127.0.0.1", self.port, timeout=300) as line,
            ):
                line.ehlo_or_helo_if_needed()
                for _ in range(self.random.randint(1, 25)):
                    self._one(line)
            time.sleep(0.02)

    def _one(self, line: smtplib.LMTP) -> None:
        try:
            odd = self.waiting.get(timeout=0.2)
        except queue.Empty:
            raise Gone from None
        try:
            codes = self._handed_over(line, odd)
        except BaseException:
            self.waiting.put(odd)
            raise
        if any(400 <= code < 500 for code in codes):
            self.waiting.put(odd)
            return
        with self.lock:
            self.answers[id(odd)] = codes
            self.done += 1

    def _handed_over(self, line: smtplib.LMTP, odd: Odd) -> list[int]:
        self.tries[id(odd)] += 1
        mishap = self._to_meet_with()
        line.rset()
        assert line.mail(odd.sender)[0] == 250
        self._breaks(line, mishap, "after the sender")
        assert [line.rcpt(one)[0] for one in odd.recipients] == [250] * len(odd.recipients)
        if mishap == "in the data":
            line.putcmd("data")
            line.getreply()
            line.send(odd.raw[: len(odd.raw) // 2])
        self._breaks(line, mishap, "in the data")
        if mishap == "after the data":
            line.putcmd("data")
            line.getreply()
            line.send(quoted(odd.raw) + b".\r\n")
        self._breaks(line, mishap, "after the data")
        first = line.data(odd.raw)[0]
        return [first, *(line.getreply()[0] for _ in odd.recipients[1:])]

    def _to_meet_with(self) -> str:
        """Each kind once at the beginning, when no server was killed yet; then now and then one of them."""
        with self.lock:
            by_chance = self.random.choice(KINDS) if self.random.random() < MISHAPS else ""
            return next(self.to_come, by_chance)

    def _breaks(self, line: smtplib.LMTP, mishap: str, here: str) -> None:
        if mishap == here:
            self.mishaps[here] += 1
            assert line.sock is not None
            line.sock.shutdown(socket.SHUT_RDWR)
            raise Gone


def quoted(raw: bytes) -> bytes:
    return raw.replace(b"\r\n.", b"\r\n..")


@dataclass
class House:
    """The process that takes in e-mails, killed and begun again."""

    environment: dict[str, str]
    port: int
    process: subprocess.Popen[bytes] | None = None
    killed: int = 0

    def begins(self) -> None:
        command = [sys.executable, "-c", "from ligneclaire.config.cli import main; main()", "mail"]
        self.process = subprocess.Popen(command, env=os.environ | self.environment, stderr=subprocess.DEVNULL)
        wait_for(self.port)

    def is_killed(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()
        self.killed += 1

    def ends(self) -> int:
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


@contextmanager
def a_house(database_url: str, place: Path) -> Iterator[House]:
    port = free_port()
    given = {"DATABASE_URL": database_url, "LIGNECLAIRE_VAR": str(place), "LIGNECLAIRE_LMTP": f"127.0.0.1:{port}"}
    house = House(environment=given, port=port)
    try:
        yield house
    finally:
        if house.process is not None and house.process.poll() is None:
            house.is_killed()


def carried(odds: list[Odd], house: House, *, kills: int, seed: int) -> Carrier:
    """Carry them all, and kill the house so many times in the middle."""
    carrier = Carrier(port=house.port, random=Random(seed))
    for odd in odds:
        carrier.waiting.put(odd)
    house.begins()
    hands = [threading.Thread(target=carrier.carry, args=[len(odds)]) for _ in range(HANDS)]
    for hand in hands:
        hand.start()
    for number in range(1, kills + 1):
        while carrier.done < len(odds) * number // (kills + 1):
            time.sleep(0.02)
        house.is_killed()
        house.begins()
    for hand in hands:
        hand.join()
    return carrier


def where(uuid: UUID) -> list[object]:
    """Every place in which an e-mail is."""
    waiting = UnmatchedMail.objects.filter(mail__uuid=uuid)
    assert all(row.state == "waiting" and row.owner_id for row in waiting)
    return [
        *(("entry", entry.customer, entry.case) for entry in Entry.objects.filter(uuid=uuid)),
        *(("waits", row.case, tuple(row.customers)) for row in waiting),
        *(("report", report.message, report.fate) for report in DeliveryReport.objects.filter(mail__uuid=uuid)),
    ]


def meant(odd: Odd) -> list[object]:
    """The one place in which it has to be."""
    match odd.place:
        case Entered(customer=customer, case=case):
            return [("entry", customer, case)]
        case Waits(case=case, customers=customers):
            return [("waits", case, customers)]
        case Reports(message=message, fate=fate):
            return [("report", message, fate)]
        case _:
            return []


def each_is_in_its_place(odds: list[Odd], carrier: Carrier) -> None:
    """Exactly one row for each e-mail, with its bytes, in exactly the place that was known before."""
    one_of: dict[str, list[Odd]] = defaultdict(list)
    for odd in odds:
        codes = set(carrier.answers[id(odd)])
        assert codes == ({552} if isinstance(odd.place, Refuses) else {250}), (odd.kind, codes)
        one_of[odd.same].append(odd)
    rows = {row.sha256: row for row in Mail.objects.all()}
    seen: set[str] = set()
    for same, copies in one_of.items():
        kept = [rows[digest] for digest in {odd.digest for odd in copies} if digest in rows]
        assert len(kept) == (0 if isinstance(copies[0].place, Refuses) else 1), (same, len(kept))
        for row in kept:
            seen.add(row.sha256)
            is_as_it_came(row, copies[0])
    assert seen == set(rows)
    assert (
        Mail.objects.count() == Entry.objects.count() + UnmatchedMail.objects.count() + DeliveryReport.objects.count()
    )
    facts = Fact.objects.filter(kind=CONTACT_LOGGED).values_list("source_id", flat=True)
    assert sorted(facts) == sorted(str(uuid) for uuid in Entry.objects.values_list("uuid", flat=True))


def is_as_it_came(row: Mail, odd: Odd) -> None:
    assert where(row.uuid) == meant(odd), odd.kind
    assert sha256(mailbox.kept(row.place) or b"").hexdigest() == row.sha256
    assert row.is_automatic == odd.is_automatic, odd.kind
    files = Attachment.objects.filter(mail__uuid=row.uuid)
    assert odd.files in (None, files.count()), (odd.kind, files.count())
    for file in files:
        assert sha256(mailbox.kept(file.place) or b"").hexdigest() == file.sha256
    if isinstance(odd.place, Entered) and odd.place.says is not None:
        text = Entry.objects.get(uuid=row.uuid).text
        assert odd.place.says in text, (odd.kind, odd.place.says, text[:200])


def messages_are_what_was_reported(odds: list[Odd]) -> None:
    lost = {odd.place.message for odd in odds if isinstance(odd.place, Reports) and odd.place.fate is Fate.FAILED}
    assert set(Message.objects.filter(state="undeliverable").values_list("uuid", flat=True)) == lost
    assert Message.objects.exclude(state__in=["undeliverable", "sent"]).count() == 0


def take_in(count: int, *, kills: int, seed: int, house: House) -> None:
    document = the_story_world()
    [garnier] = [one for one in document["customers"] if one["id"] == "C-4002"]
    garnier["email"] = "Roussel@example.org"
    a_world(document, at=MONDAY)
    world = a_world_of_cases(messages=max(24, count // 100))
    odds = Oddities(world, seed=seed).all(count)

    carrier = carried(odds, house, kills=kills, seed=seed)

    assert (house.ends(), house.killed) == (0, kills)
    assert set(carrier.mishaps) == set(KINDS)
    each_is_in_its_place(odds, carrier)
    messages_are_what_was_reported(odds)
    for entry in Entry.objects.filter(case__in=world.merged)[:50]:
        assert said.handled_in(entry.uuid) == world.merged[entry.case]


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.django_db(transaction=True)
def test_hundreds_of_odd_mails_each_end_in_their_place(settings: Settings, database_url: str, tmp_path: Path) -> None:
    settings.MAILBOX = tmp_path / "mail"
    with a_house(database_url, tmp_path) as house:
        take_in(120, kills=2, seed=11, house=house)


@pytest.mark.deep
@pytest.mark.timeout(7200)
@pytest.mark.django_db(transaction=True)
def test_ten_thousand_odd_mails_each_end_in_their_place(settings: Settings, database_url: str, tmp_path: Path) -> None:
    settings.MAILBOX = tmp_path / "mail"
    with a_house(database_url, tmp_path) as house:
        take_in(10_000, kills=8, seed=12, house=house)
