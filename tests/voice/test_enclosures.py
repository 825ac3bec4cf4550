"""Files that go with a message in an adviser's own words: limited, kept with the draft, sent as they were seen."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from pytest_django.fixtures import Settings

from builders import a_world
from channels.samples import RECIPIENT, SENDER, in_french
from ligneclaire.channels import mailbox
from ligneclaire.channels.files import TakenIn, take_in
from ligneclaire.channels.letter.read_back import reference_on
from ligneclaire.channels.letter.render import render
from ligneclaire.channels.models import Enclosure, Message, Printing
from ligneclaire.channels.pdf import NotReadable, joined, pages_of
from ligneclaire.channels.queries import enclosures
from ligneclaire.channels.rules.enclosing import NoFilesByText, NotOnPaper
from ligneclaire.channels.states import Channel
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.voice.actions import attach_file as attaching
from ligneclaire.voice.actions.attach_file import TooHeavy, TooMany, attach_file
from ligneclaire.voice.actions.detach_file import detach_file
from ligneclaire.voice.actions.drop_writing import drop_writing
from ligneclaire.voice.actions.keep_writing import NotYours, keep_writing
from ligneclaire.voice.actions.take_back import take_back
from ligneclaire.voice.actions.write_message import FilesChanged, Words, write_message
from ligneclaire.voice.dispatch import dispatch
from scanner import as_page, blank

pytestmark = pytest.mark.django_db
NORA, HUGO = Actor(ActorKind.ADVISER, "A-1"), Actor(ActorKind.ADVISER, "A-2")
MONDAY = datetime(2015, 2, 16, 9, tzinfo=UTC)
DAY = date(2015, 2, 16)


@pytest.fixture(autouse=True)
def outbox(settings: Settings, tmp_path: Path) -> Path:
    a_world()
    settings.OUTBOX = tmp_path / "outbox"
    return tmp_path / "outbox"


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return render(in_french(), sender=SENDER, recipient=RECIPIENT)


def a_writing() -> UUID:
    uuid = uuid4()
    keep_writing(message=uuid, customer="C-2001", answers=None, fields={}, by=NORA, at=MONDAY)
    return uuid


def attach(uuid: UUID, content: bytes, name: str = "plan.pdf", *, by: Actor = NORA) -> TakenIn:
    taken = take_in(content, name=name)
    attach_file(message=uuid, file=taken, by=by, at=MONDAY)
    return taken


def write(uuid: UUID, *files: TakenIn, channel: Channel = Channel.EMAIL, **given: Any) -> None:
    digests = tuple(file.sha256 for file in files)
    words = Words(customer="C-2001", channel=channel, subject="Le plan", text="Le voici.", files=digests, **given)
    write_message(message=uuid, words=words, by=NORA, at=MONDAY)


def left(uuid: UUID, outbox: Path) -> bytes:
    assert dispatch(message=uuid, by=SYSTEM, at=MONDAY)
    return (outbox / Message.objects.get(uuid=uuid).file).read_bytes()


def names(uuid: UUID) -> list[tuple[int, str]]:
    return [(card.position, card.name) for card in enclosures.of(uuid)]


def test_with_an_e_mail_files_go_as_parts_byte_for_byte(outbox: Path, pdf: bytes) -> None:
    uuid = a_writing()
    files = [attach(uuid, pdf, "Plan d’accès.pdf"), attach(uuid, blank(), "photo.png")]
    write(uuid, *files)

    raw = left(uuid, outbox)

    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    assert [part.get_content_type() for part in mail.walk()] == [
        *("multipart/mixed", "multipart/alternative", "text/plain", "text/html"),
        *("application/pdf", "image/png"),
    ]
    assert [(part.get_filename(), part.get_content()) for part in mail.iter_attachments()] == [
        ("Plan d’accès.pdf", pdf),
        ("photo.png", blank()),
    ]
    body = mail.get_body(("plain",))
    assert body is not None
    assert "Le voici." in body.get_content()
    Message.objects.filter(uuid=uuid).update(state="queued", sent_at=None, file="", digest="")
    assert left(uuid, outbox) == raw


def test_with_a_letter_files_are_further_pages_and_are_printed_and_paid(outbox: Path, pdf: bytes) -> None:
    uuid = a_writing()
    write(uuid, attach(uuid, pdf), attach(uuid, joined(pdf, [pdf], on=DAY)), channel=Channel.LETTER)

    letter = left(uuid, outbox)

    assert pages_of(letter) == 4
    assert reference_on(letter, "application/pdf") == Message.objects.get(uuid=uuid).case
    assert Printing.objects.get(message__uuid=uuid).pages == 4


def test_joined_pages_are_the_same_bytes_each_time(pdf: bytes) -> None:
    first = joined(pdf, [pdf], on=DAY)
    time.sleep(1.01)  # PDFium writes the second

    again, other = joined(pdf, [pdf], on=DAY), joined(pdf, [pdf], on=date(2015, 2, 17))

    assert first == again
    assert first != other
    assert pages_of(first) == 2
    with pytest.raises(NotReadable):
        joined(pdf, [b"%PDF-1.7 broken"], on=DAY)


@pytest.mark.parametrize(
    ("channel", "content", "refusal"),
    [
        (Channel.SMS, None, NoFilesByText),
        (Channel.SMS, blank(), NoFilesByText),
        (Channel.LETTER, blank(), NotOnPaper),
    ],
)
def test_what_cannot_go_by_a_way_is_refused(
    pdf: bytes, channel: Channel, content: bytes | None, refusal: type[Exception]
) -> None:
    uuid = a_writing()
    file = attach(uuid, content or pdf)

    with pytest.raises(refusal):
        write(uuid, file, channel=channel)
    assert Message.objects.count() == 0


def test_only_what_was_seen_is_sent(pdf: bytes) -> None:
    uuid = a_writing()
    seen = attach(uuid, pdf)
    attach(uuid, blank(), "other.png")

    for files in ((), (seen,)):
        with pytest.raises(FilesChanged):
            write(uuid, *files)
    assert Message.objects.count() == 0


def test_the_same_file_goes_once_and_a_message_takes_five() -> None:
    uuid = a_writing()
    for number in (0, 0, 1, 2, 3, 4):
        attach(uuid, as_page(number), f"{number}.png")

    assert names(uuid) == [(1, "0.png"), (2, "1.png"), (3, "2.png"), (4, "3.png"), (5, "4.png")]
    with pytest.raises(TooMany):
        attach(uuid, as_page(5))
    assert detach_file(message=uuid, position=2, by=NORA, at=MONDAY)
    assert not detach_file(message=uuid, position=2, by=NORA, at=MONDAY)
    attach(uuid, as_page(5), "5.png")
    assert names(uuid)[1] == (2, "5.png")


def test_together_they_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attaching, "MOST_TOGETHER", len(as_page(0)) + len(as_page(1)) - 1)
    uuid = a_writing()
    attach(uuid, as_page(0))

    with pytest.raises(TooHeavy):
        attach(uuid, as_page(1))


def test_nobody_changes_the_files_of_anothers_words_or_of_what_was_sent(pdf: bytes) -> None:
    uuid = a_writing()
    file = attach(uuid, pdf)
    with pytest.raises(NotYours):
        attach(uuid, blank(), by=HUGO)
    with pytest.raises(NotYours):
        detach_file(message=uuid, position=1, by=HUGO, at=MONDAY)

    write(uuid, file)

    for deed in (lambda: attach(uuid, blank()), lambda: detach_file(message=uuid, position=1, by=NORA, at=MONDAY)):
        with pytest.raises(NotYours):
            deed()
    assert names(uuid) == [(1, "plan.pdf")]


def test_thrown_away_words_take_their_files_along_and_words_taken_back_keep_them(pdf: bytes) -> None:
    dropped, sent = a_writing(), a_writing()
    attach(dropped, pdf)
    assert not drop_writing(message=dropped, by=HUGO, at=MONDAY)
    assert names(dropped) == [(1, "plan.pdf")]
    assert drop_writing(message=dropped, by=NORA, at=MONDAY)
    write(sent, attach(sent, pdf))

    again = take_back(message=sent, by=NORA, at=MONDAY)

    assert (names(dropped), names(sent), names(again)) == ([], [(1, "plan.pdf")], [(1, "plan.pdf")])


def test_what_lost_its_bytes_does_not_leave_without_them(pdf: bytes) -> None:
    uuid = a_writing()
    write(uuid, attach(uuid, pdf))
    (mailbox.folder() / Enclosure.objects.get().place).unlink()

    with pytest.raises(FileNotFoundError):
        dispatch(message=uuid, by=SYSTEM, at=MONDAY)
    assert Message.objects.get(uuid=uuid).state == "queued"
