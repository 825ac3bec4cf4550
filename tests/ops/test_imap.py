"""A real mailbox is emptied: written down first, moved away then; whatever breaks, none is lost and none is two."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import OperationalError
from pytest_django.fixtures import Settings

from builders import a_world
from incoming import AUBERT, LENOIR, a_case, an_email, plus
from ligneclaire.channels.email.postbox import Postbox
from ligneclaire.channels.email.server import Security
from ligneclaire.channels.models import Entry, Mail
from ligneclaire.kernel.clock import now
from ligneclaire.ops import imap
from ligneclaire.ops.commands import imap as command
from mailboxes import Provider, is_possible, provider
from post_office import free_port

real = [
    pytest.mark.slow,
    pytest.mark.timeout(300),
    pytest.mark.skipif(not is_possible(), reason="no Dovecot here (tools/dovecot), or not root"),
]
ONE, TWO, THREE = (an_email(f"Numéro {number}", Message_ID=f"<{number}@x.example>") for number in range(3))
AWAY = Postbox(host="127.0.0.1", port=1, security=Security.NONE, user="service", password="secret")


def until(is_so: Callable[[], bool], *, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it never comes"
        time.sleep(0.05)


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imap, "SOONEST", 0.1)
    monkeypatch.setattr(imap, "SLICE", 0.1)
    monkeypatch.setattr(imap, "POLL", 0.2)


@pytest.fixture
def mailbox() -> Iterator[Provider]:
    with provider(free_port()) as found:
        yield found


@contextmanager
def emptied(postbox: Postbox, take: imap.Take, *, largest: int = 100_000) -> Iterator[list[imap.Look]]:
    """In a thread of its own, for the length of the block; then asked to stop. Gives the looks, as they are noted."""
    stop, looks = threading.Event(), list[imap.Look]()
    how = {"take": take, "note": looks.append, "largest": largest, "stop": stop}
    thread = threading.Thread(target=imap.empty, args=[postbox], kwargs=how)
    thread.start()
    try:
        yield looks
    finally:
        stop.set()
        thread.join(60)
    assert not thread.is_alive()


def nothing(_look: imap.Look) -> None:
    """Nobody watches."""


class Taker:
    """Writes down what it gets, after it failed as often as it was told to."""

    def __init__(self, *faults: BaseException) -> None:
        self.faults = list(faults)
        self.taken: list[bytes] = []

    def __call__(self, content: bytes) -> None:
        if self.faults:
            raise self.faults.pop(0)
        self.taken.append(content)


class TestARealMailbox:
    """With a server that a provider could have."""

    pytestmark = real

    def test_what_is_there_and_what_comes_is_taken_in_and_moved_away(self, mailbox: Provider) -> None:
        take = Taker()
        mailbox.gets(ONE, TWO)

        with emptied(mailbox.postbox(), take):
            until(lambda: len(take.taken) == 2)
            mailbox.gets(THREE)
            until(lambda: len(take.taken) == 3, seconds=20)
            until(lambda: len(mailbox.holds("Processed")) == 3)

        assert take.taken == mailbox.holds("Processed") == [ONE, TWO, THREE]
        assert mailbox.holds("INBOX") == []

    def test_while_the_database_is_away_they_wait_in_the_mailbox(self, mailbox: Provider) -> None:
        take = Taker(*[OperationalError("away")] * 3)
        mailbox.gets(ONE, TWO)

        with emptied(mailbox.postbox(), take) as looks:
            until(lambda: len(take.faults) < 3)
            assert len(mailbox.holds("INBOX")) == 2
            until(lambda: len(mailbox.holds("Processed")) == 2)

        assert take.taken == [ONE, TWO]
        assert looks[:4] == [imap.Look()] * 3 + [imap.Look(taken=2, is_done=True)]

    def test_what_breaks_us_or_is_too_large_stays_and_stops_no_other(self, mailbox: Provider) -> None:
        take, large = Taker(RuntimeError("a mistake of ours")), b"Subject: x\r\n\r\n" + b"x" * 2_000
        mailbox.gets(ONE, large, TWO)

        with emptied(mailbox.postbox(), take, largest=1_000) as looks:
            until(lambda: take.taken == [TWO])
            until(lambda: mailbox.holds("Processed") == [TWO])
            assert mailbox.holds("INBOX") == [ONE, large]
            mailbox.gets(THREE)
            until(lambda: len(mailbox.holds("Processed")) == 3)

        assert looks[0] == imap.Look(taken=1, left=2, is_done=True)
        assert sum(look.taken for look in looks) == 3
        assert take.taken == [TWO, ONE, THREE]
        assert mailbox.holds("INBOX") == [large]

    def test_the_server_is_away_at_first_and_between(self, mailbox: Provider) -> None:
        take = Taker()
        mailbox.gets(ONE)
        mailbox.ends()

        with emptied(mailbox.postbox(), take):
            time.sleep(0.5)
            mailbox.begins()
            until(lambda: take.taken == [ONE])
            mailbox.ends()
            mailbox.begins()
            mailbox.gets(TWO)
            until(lambda: len(mailbox.holds("Processed")) == 2)

        assert take.taken == [ONE, TWO]

    def test_numbers_that_begin_anew_mislead_nobody(self, mailbox: Provider) -> None:
        take = Taker()
        mailbox.gets(ONE, TWO)
        with emptied(mailbox.postbox(), take):
            until(lambda: len(mailbox.holds("Processed")) == 2)
        mailbox.ends()
        for file in (mailbox.place / "mail" / "service").glob("dovecot*"):
            file.unlink()  # so that the server numbers the folder from one again
        mailbox.begins()

        mailbox.gets(THREE)
        with emptied(mailbox.postbox(), take):
            until(lambda: len(mailbox.holds("Processed")) == 3)

        assert take.taken == [ONE, TWO, THREE]

    @pytest.mark.parametrize("able", ["IMAP4rev1", "IMAP4rev1 UIDPLUS"])
    def test_a_server_that_can_do_little_is_asked_now_and_then_and_copies(self, able: str) -> None:
        take = Taker()
        with provider(free_port(), more=f"imap_capability = {able}") as mailbox, emptied(mailbox.postbox(), take):
            mailbox.gets(ONE)
            until(lambda: len(mailbox.holds("Processed")) == 1)
            mailbox.gets(TWO)
            until(lambda: len(mailbox.holds("Processed")) == 2)
            time.sleep(0.5)
            left = mailbox.holds("INBOX")

        assert take.taken == [ONE, TWO]
        assert left == ([] if "UIDPLUS" in able else [ONE, TWO])  # marked as deleted, for whoever cleans up there

    def test_another_folder_may_be_emptied_into_another(self, mailbox: Provider) -> None:
        take, postbox = Taker(), replace(mailbox.postbox(), folder="Entrée", done="Traités")
        with mailbox.client() as client:
            client.create_folder("Entrée")
            client.append("Entrée", ONE)

        with emptied(postbox, take):
            until(lambda: mailbox.holds("Traités") == [ONE])

        assert take.taken == [ONE]

    def test_a_wrong_password_is_tried_again_and_takes_nothing(self, mailbox: Provider) -> None:
        take = Taker()
        mailbox.gets(ONE)

        with emptied(replace(mailbox.postbox(), password="wrong"), take):
            until(lambda: "auth failed" in (mailbox.place / "log").read_text())

        assert (take.taken, mailbox.holds("INBOX")) == ([], [ONE])

    def test_what_somebody_moves_away_meanwhile_is_theirs(self, mailbox: Provider) -> None:
        taken: list[bytes] = []

        def take(content: bytes) -> None:
            taken.append(content)
            with mailbox.client() as client:
                client.select_folder("INBOX")
                client.delete_messages(client.search())
                client.expunge()

        mailbox.gets(ONE, TWO)
        with emptied(mailbox.postbox(), take):
            until(lambda: taken == [ONE])
            time.sleep(0.5)

        assert taken == [ONE]

    @pytest.mark.django_db(transaction=True)
    def test_a_death_between_writing_down_and_moving_makes_none_lost_and_none_two(
        self, mailbox: Provider, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.MAILBOX = tmp_path
        a_world()
        reference = a_case("C-2001", at=now())
        delivered = f"Delivered-To: {plus(reference)}\r\nReturn-Path: <{LENOIR}>\r\n".encode()
        mailbox.gets(delivered + ONE, an_email("Autre", sender=AUBERT, Message_ID="<9@x.example>"))
        monkeypatch.setattr(imap, "_move", _dies)
        for _ in range(2):
            with pytest.raises(Death):
                imap.empty(mailbox.postbox(), take=command.take, note=nothing, largest=9_999, stop=threading.Event())
        monkeypatch.undo()
        assert Mail.objects.count() == 1

        with emptied(mailbox.postbox(), command.take):
            until(lambda: len(mailbox.holds("Processed")) == 2)

        found = Entry.objects.order_by("id").values_list("customer", "case", "text")
        assert list(found) == [("C-2001", reference, "Numéro 0"), ("C-3001", "", "Autre")]

    @pytest.mark.django_db(transaction=True)
    def test_a_process_that_is_killed_in_the_middle_is_begun_again(
        self, mailbox: Provider, database_url: str, tmp_path: Path
    ) -> None:
        a_world()
        mails = [an_email(f"Numéro {number}", Message_ID=f"<{number}@y.example>") for number in range(60)]
        mailbox.gets(*mails)
        variables = {
            "DATABASE_URL": database_url,
            "LIGNECLAIRE_VAR": str(tmp_path),
            "LIGNECLAIRE_IMAP_URL": f"imap://service:secret@127.0.0.1:{mailbox.port}",
        }
        line = [sys.executable, "-c", "from ligneclaire.config.cli import main; main()", "imap"]

        for share in (15, 35):
            process = subprocess.Popen(line, env=os.environ | variables)
            until(lambda share=share: Mail.objects.count() >= share)  # type: ignore[misc]
            process.kill()
            process.wait()
        process = subprocess.Popen(line, env=os.environ | variables)
        until(lambda: len(mailbox.holds("Processed")) == 60)
        process.send_signal(signal.SIGTERM)

        assert process.wait(60) == 0
        assert sorted(mailbox.holds("Processed")) == sorted(mails)
        assert sorted(Entry.objects.values_list("text", flat=True)) == sorted(f"Numéro {one}" for one in range(60))
        assert mailbox.holds("INBOX") == []


class Death(BaseException):
    """The process is gone; no `except Exception` sees it."""


def _dies(*_: object) -> None:
    raise Death


@pytest.mark.django_db
def test_it_has_to_know_which_mailbox(settings: Any) -> None:
    settings.IMAP = None

    result = CliRunner().invoke(command.command)

    assert result.exit_code == 2
    assert "Name the mailbox in LIGNECLAIRE_IMAP_URL, such as imaps://user:password@imap.example." in result.output


@pytest.mark.django_db
def test_a_database_that_is_not_ready_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ligneclaire.ops.database.faults", lambda: iter(["migrations are missing"]))

    assert CliRunner().invoke(command.command).output == "Error: migrations are missing\n"


@pytest.mark.django_db
def test_the_command_empties_until_it_is_told_to_stop(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    handlers: dict[int, Callable[..., None]] = {}
    seen: list[tuple[Postbox, int]] = []

    def empty(postbox: Postbox, *, take: imap.Take, note: imap.Note, largest: int, stop: threading.Event) -> None:
        handlers[signal.SIGTERM]()
        seen.append((postbox, largest))
        assert stop.is_set()

    monkeypatch.setattr(signal, "signal", handlers.__setitem__)
    monkeypatch.setattr(imap, "empty", empty)
    settings.IMAP, settings.MAIL_LARGEST = AWAY, 7

    assert CliRunner().invoke(command.command).exit_code == 0
    assert seen == [(AWAY, 7)]


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_where_nobody_serves_it_tries_ever_later(security: Security, monkeypatch: pytest.MonkeyPatch) -> None:
    waits, looks = list[float](), list[imap.Look]()

    class Stop(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            waits.append(timeout or 0)
            if len(waits) == 5:
                self.set()
            return self.is_set()

    monkeypatch.setattr(imap, "LATEST", 0.5)
    imap.empty(replace(AWAY, security=security), take=Taker(), note=looks.append, largest=1, stop=Stop())

    assert waits == [0.1, 0.2, 0.4, 0.5, 0.5]
    assert looks == [imap.Look()] * 5
