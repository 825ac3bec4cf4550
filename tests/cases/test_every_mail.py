"""Whatever comes in ends in exactly one place, with its bytes kept."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from builders import a_world
from incoming import AUBERT, LENOIR, PDF, STRANGER, US, a_case, a_message, built, plus
from ligneclaire.cases.actions.receive_mail import Outcome, receive_mail
from ligneclaire.cases.models import UnmatchedMail
from ligneclaire.channels import mailbox
from ligneclaire.channels.email.inbound import Envelope
from ligneclaire.channels.models import Attachment, Entry, Mail
from ligneclaire.facts.models import Fact
from ligneclaire.kernel.actor import SYSTEM

pytestmark = pytest.mark.django_db

MONDAY = datetime(2015, 2, 16, 9, tzinfo=UTC)
TEXTS = ["Bonjour", "", "Oui.\n\n> Quand ?", "Le lundi, Nora a écrit :\n> Bonjour", "œuvre – 12 €", "x" * 20_000]
MACHINES = [{}, {}, {}, {"Auto_Submitted": "auto-replied"}, {"Precedence": "bulk"}, {"Return_Path": "<>"}]
CHARSETS = ["utf-8", "iso-8859-1", "klingon", "utf-16", "punycode", ""]


class Post:
    """A heap of odd mails, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.case = a_case("C-2001", at=MONDAY)
        self.message = a_message("C-2001", case=self.case, at=MONDAY)
        self.sent: list[bytes] = []

    def mail(self) -> bytes:
        """One more; now and then one that came before."""
        if self.sent and self.random.random() < 0.1:
            return self.random.choice(self.sent)
        raw = self._written().as_bytes(policy=SMTP)
        for break_it in self.random.sample([self._misnamed, self._torn, self._rerouted], self.random.randint(0, 2)):
            raw = break_it(raw)
        self.sent.append(raw)
        return raw

    def _written(self) -> EmailMessage:
        pick = self.random.choice
        mail = built(
            pick(TEXTS),
            sender=pick([LENOIR, AUBERT, STRANGER, f"Léna <{LENOIR.upper()}>", "", f"{AUBERT}, {LENOIR}"]),
            to=pick([US, plus(self.case), plus("LC-0000-0000"), "ami@example.com", ""]),
            Cc=pick(["", plus(self.case)]),
            Subject=pick(["", "Re: Fin", f"TR: {self.case}", "Réponse"]),
            Message_ID=pick(["", f"<{self.random.randrange(9)}@x.example>", f"<{self.message}@op.example>"]),
            In_Reply_To=pick(["", f"<{self.message}@op.example>", "<x@y>"]),
            **pick(MACHINES),
        )
        for add in self.random.sample([self._invited, self._attached, self._forwarded], self.random.randint(0, 2)):
            add(mail)
        return mail

    def _invited(self, mail: EmailMessage) -> None:
        mail.add_attachment("BEGIN:VCALENDAR", subtype="calendar")

    def _attached(self, mail: EmailMessage) -> None:
        mail.add_attachment(PDF, maintype="application", subtype="pdf", filename=self.random.choice(["é.pdf", "../x"]))

    def _forwarded(self, mail: EmailMessage) -> None:
        mail.add_attachment(built("À l’intérieur", sender=AUBERT))

    def _misnamed(self, raw: bytes) -> bytes:
        return raw.replace(b'charset="utf-8"', f'charset="{self.random.choice(CHARSETS)}"'.encode())

    def _torn(self, raw: bytes) -> bytes:
        torn = bytearray(raw)
        for _ in range(self.random.randint(1, 20)):
            place = self.random.randrange(len(torn))
            torn[place : place + self.random.randrange(9)] = self.random.randbytes(self.random.randrange(4))
        return bytes(torn)

    def _rerouted(self, raw: bytes) -> bytes:
        return f"Received: from {self.random.random()}\r\n".encode() + raw


def deliver(count: int, *, seed: int) -> Post:
    post, found = Post(seed), set()
    for _ in range(count):
        by = post.random.choice([LENOIR, "", "<>"])
        envelope = post.random.choice([None, Envelope(sender=by, recipients=(US, plus(post.case)))])
        raw = post.mail()
        received = receive_mail(raw=raw, envelope=envelope, by=SYSTEM, at=MONDAY)
        assert (received.outcome is Outcome.KNOWN) == (received.mail in found)
        found.add(received.mail)
    assert found == set(Mail.objects.values_list("uuid", flat=True))
    return post


def all_in_one_place(post: Post) -> None:
    kept = dict(Mail.objects.values_list("uuid", "sha256"))
    in_threads = set(Entry.objects.values_list("uuid", flat=True))
    waiting = set(UnmatchedMail.objects.values_list("mail__uuid", flat=True))
    assert (in_threads | waiting, in_threads & waiting) == (set(kept), set())
    assert set(Fact.objects.values_list("source_id", flat=True)) == {str(uuid) for uuid in in_threads}
    assert {sha256(raw).hexdigest() for raw in post.sent} >= set(kept.values())
    places = [*Mail.objects.values_list("place", "sha256"), *Attachment.objects.values_list("place", "sha256")]
    assert [place for place, digest in places if sha256(mailbox.kept(place) or b"").hexdigest() != digest] == []


@pytest.fixture(autouse=True)
def world(settings: Any, tmp_path: Path) -> None:
    settings.MAILBOX = tmp_path
    a_world()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_each_of_sixty_odd_mails_ends_in_one_place(seed: int) -> None:
    post = deliver(60, seed=seed)

    all_in_one_place(post)
    assert Entry.objects.exists()
    assert UnmatchedMail.objects.exists()


@pytest.mark.deep
@pytest.mark.timeout(3600)
def test_each_of_ten_thousand_odd_mails_ends_in_one_place() -> None:
    all_in_one_place(deliver(10_000, seed=4))
