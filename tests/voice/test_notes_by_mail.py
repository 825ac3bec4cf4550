"""Codes and answers to guests leave by the mail server too, and wait for it as long as somebody waits for them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from builders import a_world
from contracts.leaving import GUEST, typed
from ligneclaire.contracts.actions.request_termination import request_termination
from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.people.actions.ask_code import ask_code
from ligneclaire.voice import tasks
from post_office import PostOffice, post_office
from voice.test_by_mail import LATER, NEVER, jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(settings: Settings, tmp_path: Path) -> Iterator[PostOffice]:
    a_world()
    settings.OUTBOX, settings.REPLY_ADDRESS = tmp_path / "outbox", "reponse@mail.operator.example"
    with post_office() as office:
        settings.SMTP = office.server
        yield office


def a_code() -> str:
    return str(ask_code(typed="lenoir@example.org", address="192.0.2.1", by=SYSTEM, at=clock.now()))


def a_request() -> str:
    declared = typed(surname="Personne", email="a@example.org")
    return request_termination(declared=declared, by=GUEST, at=clock.now()).reference


def test_a_code_that_cannot_leave_is_tried_again_soon(office: PostOffice, caplog: pytest.LogCaptureFixture) -> None:
    code = a_code()
    office.to_sender = [LATER]

    with caplog.at_level(logging.WARNING):
        tasks.send_code(code=code)
    assert (office.accepted, jobs("send_code")) == ([], [({"code": code}, 10)])
    tasks.send_code(code=code)

    [mail] = office.mails()
    assert message_from_bytes(mail)["Reply-To"] is None
    assert len(jobs("send_code")) == 1


def test_a_code_that_is_refused_is_not_tried_again_and_its_address_in_no_log(
    office: PostOffice, caplog: pytest.LogCaptureFixture
) -> None:
    office.to_recipient = [NEVER]

    with caplog.at_level(logging.DEBUG, logger="ligneclaire"):
        tasks.send_code(code=a_code())

    assert (office.accepted, jobs("send_code")) == ([], [])
    [line] = [str(record.msg) for record in caplog.records if record.name == "ligneclaire.voice"]
    assert "550 5.1.1" in line
    assert "lenoir" not in line


def test_an_answer_to_a_guest_waits_as_a_message_does(office: PostOffice) -> None:
    request = a_request()
    office.to_mail = [LATER]
    asked = len(jobs("answer_guest"))

    tasks.answer_guest(request=request, answer="received")

    [(again, seconds)] = jobs("answer_guest")[asked:]
    assert (again["request"], again["answer"], seconds) == (request, "received", 60)
    tasks.answer_guest(**again)  # type: ignore[arg-type]
    [mail] = office.mails()
    assert f"reponse+{request}@mail.operator.example" in message_from_bytes(mail)["Reply-To"]


@pytest.mark.parametrize(("where", "answer", "days"), [("to_mail", LATER, 5), ("to_recipient", NEVER, 0)])
def test_an_answer_is_given_up_after_five_days_or_when_it_is_refused(
    office: PostOffice, where: str, answer: str, days: int
) -> None:
    request = a_request()
    setattr(office, where, [answer])
    asked = len(jobs("answer_guest"))
    since: datetime = clock.now() - timedelta(days=days)

    tasks.answer_guest(request=request, answer="received", failing_since=since.isoformat())

    assert (office.accepted, len(jobs("answer_guest"))) == ([], asked)
