"""E-mails from files and from a mail server; what is answered is what is committed."""

from __future__ import annotations

import asyncio
import os
import signal
import smtplib
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.db import OperationalError

from builders import a_world
from incoming import AUBERT, LENOIR, STRANGER, US, a_case, an_email, plus
from ligneclaire.channels.models import Entry, Mail
from ligneclaire.config.env import Environment
from ligneclaire.kernel.clock import now
from ligneclaire.ops import lmtp
from ligneclaire.ops.commands import mail

OTHER = "contact@mail.operator.example"


def run(*files: Path) -> Result:
    return CliRunner().invoke(mail.command, [str(file) for file in files])


def kept(place: Path, raw: bytes) -> Path:
    place.write_bytes(raw)
    return place


@pytest.mark.django_db
def test_files_are_taken_in_by_hand(tmp_path: Path) -> None:
    a_world()
    reference = a_case("C-2001", at=now())
    known = kept(tmp_path / "known.eml", an_email(to=plus(reference)))
    named = kept(tmp_path / "named.eml", an_email(sender=AUBERT))
    stray = kept(tmp_path / "stray.eml", an_email(sender=STRANGER))

    result = run(known, named, stray, known)

    assert result.exit_code == 0
    assert result.output.splitlines() == [
        f"{known}: in the thread of C-2001 {reference}",
        f"{named}: in the thread of C-3001",
        f"{stray}: waits for a person",
        f"{known}: taken in before",
    ]


@pytest.mark.django_db
def test_without_a_world_nothing_is_taken_in(tmp_path: Path) -> None:
    result = run(kept(tmp_path / "a.eml", an_email()))

    assert (result.exit_code, Mail.objects.count()) == (1, 0)
    assert result.output == "Error: No operator is known yet: a world must be imported first.\n"


@pytest.mark.django_db
def test_it_has_to_know_where_to_listen(settings: Any) -> None:
    settings.LMTP = ""

    result = run()

    assert result.exit_code == 2
    assert "Name files, or the address to listen on in LIGNECLAIRE_LMTP, such as 127.0.0.1:24." in result.output


@pytest.mark.django_db
def test_a_database_that_is_not_ready_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ligneclaire.ops.database.faults", lambda: iter(["migrations are missing"]))

    assert run().output == "Error: migrations are missing\n"


@pytest.mark.parametrize(
    ("text", "is_right"),
    [("", True), ("127.0.0.1:24", True), ("[::1]:2424", True), ("24", False), ("host:x", False), ("host:99999", False)],
)
def test_an_address_to_listen_on_has_a_port(text: str, *, is_right: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIGNECLAIRE_LMTP", text)
    if is_right:
        assert Environment().lmtp == text
    else:
        with pytest.raises(ValueError, match="expected an address and a port"):
            Environment()


@contextmanager
def server(take: lmtp.Take, *, largest: int = 10_000) -> Iterator[int]:
    """A server in a thread of its own, the only one its loop runs in; leaving the block stops it."""
    runner, stop, port = asyncio.Runner(), asyncio.Event(), free_port()
    loop = runner.get_loop()

    def serve() -> None:
        with runner:
            runner.run(lmtp.serve("127.0.0.1", port, take=take, largest=largest, until=stop.wait()))

    thread = threading.Thread(target=serve)
    thread.start()
    wait_for(port)
    yield port
    loop.call_soon_threadsafe(stop.set)
    thread.join(30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("nobody listens")


def answers(port: int, raw: bytes, *recipients: str, sender: str = LENOIR) -> list[tuple[int, bytes]]:
    """What the server says of an e-mail to each recipient."""
    with smtplib.LMTP("127.0.0.1", port, timeout=30) as client:
        client.ehlo_or_helo_if_needed()
        assert client.mail(sender)[0] == 250
        assert [client.rcpt(one)[0] for one in recipients] == [250] * len(recipients)
        first = client.data(raw)
        return [first, *(client.getreply() for _ in recipients[1:])]


def later(*_: object) -> None:
    raise OperationalError("the database is away")


def broken(*_: object) -> None:
    raise RuntimeError("a mistake of ours")


def test_each_recipient_is_answered_once_it_is_written() -> None:
    taken: list[tuple[bytes, str, tuple[str, ...]]] = []
    with server(lambda *mail: taken.append(mail)) as port:
        said = answers(port, b"Subject: x\r\n\r\n.point\r\n", US, plus("LC-7K2M-9QX4"), sender="")

    assert [code for code, _ in said] == [250, 250]
    assert taken == [(b"Subject: x\r\n\r\n.point\r\n", "<>", (US, plus("LC-7K2M-9QX4")))]


@pytest.mark.parametrize("take", [later, broken])
def test_while_it_cannot_be_written_the_mail_server_keeps_it(take: Callable[..., None]) -> None:
    with server(take) as port:
        said = answers(port, b"Subject: x\r\n\r\nx\r\n", US, OTHER)

    assert said == [(451, b"4.3.0 Not now, try again")] * 2


def test_what_is_too_large_is_refused_for_each_recipient_and_the_next_is_taken() -> None:
    taken: list[object] = []
    with server(lambda *mail: taken.append(mail), largest=2_000) as port:
        with smtplib.LMTP("127.0.0.1", port, timeout=30) as client:
            with pytest.raises(smtplib.SMTPSenderRefused) as refused:
                client.sendmail(LENOIR, [US], b"x" * 3_000)
            assert refused.value.smtp_code == 552
        large, long = answers(port, b"x\r\n" * 1_000, US, OTHER), answers(port, b"\r\n" + b"x" * 1_900, US)

    assert [code for code, _ in large + long] == [552, 552, 250]
    assert len(taken) == 1


def test_what_is_being_taken_in_is_finished_before_it_stops() -> None:
    begun, go_on, said = threading.Event(), threading.Event(), list[tuple[int, bytes]]()

    def take(*_: object) -> None:
        begun.set()
        assert go_on.wait(30)

    with server(take) as port:
        client = threading.Thread(target=lambda: said.extend(answers(port, b"\r\nx\r\n", US)))
        client.start()
        assert begun.wait(30)
        threading.Timer(0.5, go_on.set).start()
    client.join(30)

    assert [code for code, _ in said] == [250]


def test_it_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ligneclaire.ops.lmtp.PATIENCE", 0.1)
    begun, go_on = threading.Event(), threading.Event()

    def take(*_: object) -> None:
        begun.set()
        assert go_on.wait(30)

    def send(port: int) -> None:
        with pytest.raises(smtplib.SMTPServerDisconnected):
            answers(port, b"\r\nx\r\n", US)

    with server(take) as port:
        client = threading.Thread(target=send, args=[port])
        client.start()
        assert begun.wait(30)
    go_on.set()
    client.join(30)
    assert not client.is_alive()


@pytest.mark.slow
def test_the_command_takes_in_and_stops(database_url: str, tmp_path: Path) -> None:
    a_world()
    port = free_port()
    variables = {
        "DATABASE_URL": database_url,
        "LIGNECLAIRE_VAR": str(tmp_path),
        "LIGNECLAIRE_LMTP": f"127.0.0.1:{port}",
        "LIGNECLAIRE_MAIL_LARGEST": "5000",
    }
    command = [sys.executable, "-c", "from ligneclaire.config.cli import main; main()", "mail"]
    process = subprocess.Popen(command, env=os.environ | variables)
    wait_for(port)

    said = answers(port, an_email(), US) + answers(port, an_email(), OTHER) + answers(port, an_email("x\n" * 5000), US)
    process.send_signal(signal.SIGTERM)

    assert ([code for code, _ in said], process.wait(30)) == ([250, 250, 552], 0)
    assert Entry.objects.values_list("customer", flat=True).get() == "C-2001"
    assert [path.suffix for path in (tmp_path / "mail").rglob("*.eml")] == [".eml"]
