"""A one-time code leaves at once, in every mode, and is read nowhere but where it goes."""

from __future__ import annotations

import email
import logging
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django.fixtures import Settings

from builders import a_world
from ligneclaire.channels.queries import messages
from ligneclaire.facts.models import Fact
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.kernel.period import Period
from ligneclaire.people.actions.ask_call_code import ask_call_code
from ligneclaire.people.actions.ask_code import ask_code
from ligneclaire.people.actions.choose_language import choose_language
from ligneclaire.people.actions.record_absence import record_absence
from ligneclaire.people.queries import codes
from ligneclaire.people.states import AbsenceReason, ContactKind
from ligneclaire.voice.actions.send_code import send_code
from ligneclaire.voice.actions.set_mode import set_mode
from ligneclaire.voice.dispatch import dispatch_code
from ligneclaire.voice.rules.state import Mode
from ligneclaire.voice.tasks import send_code as job

pytestmark = pytest.mark.django_db

NOW = datetime(2015, 2, 9, 8, tzinfo=UTC)
MAIL = """Bonjour,

Voici votre code pour ouvrir votre espace client : {code}

Il sert une seule fois et reste valable 10 minutes. Ne le donnez à personne :
aucun conseiller ne vous le demandera.

Si vous n’avez pas demandé de code, vous n’avez rien à faire : sans lui,
personne n’entre. En cas de doute, appelez-moi au 01 99 00 01 01.

Nora Benali, votre contact au service clients
"""


@pytest.fixture(autouse=True)
def outbox(settings: Settings, tmp_path: Path) -> Path:
    a_world()
    settings.OUTBOX = tmp_path / "outbox"
    return tmp_path / "outbox"


def ask(typed: str = "lenoir@example.org", *, at: datetime = NOW) -> UUID:
    return ask_code(typed=typed, address="192.0.2.1", by=SYSTEM, at=at)


def code_of(uuid: UUID) -> str:
    found = codes.to_send(uuid, at=NOW)
    assert found is not None
    return found.code


def spooled(outbox: Path) -> list[str]:
    return sorted(str(path.relative_to(outbox)) for path in outbox.rglob("*") if path.is_file())


def read(path: Path) -> EmailMessage:
    mail = email.message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(mail, EmailMessage)
    return mail


def test_an_e_mail_says_the_code_and_who_answers(outbox: Path) -> None:
    uuid = ask()

    assert dispatch_code(code=uuid, at=NOW)

    assert spooled(outbox) == [f"email/{uuid}.eml"]
    mail = read(outbox / "email" / f"{uuid}.eml")
    assert mail["To"] == "lenoir@example.org"
    assert mail["From"] == '"Nora Benali, Télécom Ligne Claire" <nora.benali@ligneclaire.example>'
    assert mail["Subject"] == "Votre code pour Télécom Ligne Claire"
    assert mail["Content-Language"] == "fr"
    assert mail.get_content().replace("\r\n", "\n").replace("\u202f", " ").replace("\u00a0", " ") == MAIL.format(
        code=code_of(uuid)
    )


def test_a_text_message_says_the_same_in_short(outbox: Path) -> None:
    uuid = ask("06 39 98 02 01")

    dispatch_code(code=uuid, at=NOW)

    assert spooled(outbox) == [f"sms/{uuid}.txt"]
    assert (outbox / "sms" / f"{uuid}.txt").read_text() == (
        f"+33639980201\n\n{code_of(uuid)} est votre code pour ouvrir votre espace client. Il sert une seule fois, "
        "pendant 10 minutes. Ne le donnez à personne. Nora Benali, 01 99 00 01 01\n"
    )


def test_a_code_for_a_call_says_when_it_may_be_read_out(outbox: Path) -> None:
    by = Actor(ActorKind.ADVISER, "A-2")
    mail = ask_call_code(customer="C-2001", person=None, kind=ContactKind.EMAIL, by=by, at=NOW)
    send_code(code=mail, by=by, at=NOW)
    assert dispatch_code(code=mail, at=NOW)
    text = ask_call_code(customer="C-2001", person=None, kind=ContactKind.MOBILE, by=by, at=NOW)
    assert not dispatch_code(code=mail, at=NOW)
    code = code_of(text)
    assert dispatch_code(code=text, at=NOW)

    said = read(outbox / "email" / f"{mail}.eml").get_content()
    assert "Nous ne demandons ce code que lorsque c’est vous qui nous appelez" in " ".join(said.split())
    assert (outbox / "sms" / f"{text}.txt").read_text() == (
        f"+33639980201\n\n{code} : code à lire au conseiller que vous avez appelé vous-même, valable 10 minutes. Si on "
        "vous a appelé pour l'obtenir, ne le donnez pas et raccrochez. Nora Benali, 01 99 00 01 01\n"
    )
    assert [job.args for job in ProcrastinateJob.objects.all()] == [{"code": str(mail)}]


def test_it_speaks_the_language_that_the_customer_chose(outbox: Path) -> None:
    choose_language(customer="C-2001", language="en", by=SYSTEM, at=NOW)
    uuid = ask()

    dispatch_code(code=uuid, at=NOW)

    assert "Here is your code to open your customer space: " in read(outbox / "email" / f"{uuid}.eml").get_content()


def test_whoever_stands_in_signs(outbox: Path) -> None:
    away = Period(date(2015, 2, 9), date(2015, 2, 11))
    record_absence(adviser="A-1", period=away, reason=AbsenceReason.LEAVE, by=SYSTEM, at=NOW)
    uuid = ask()

    dispatch_code(code=uuid, at=NOW)

    assert "Hugo Marchand, votre contact" in read(outbox / "email" / f"{uuid}.eml").get_content()


@pytest.mark.parametrize("mode", [Mode.STOP, Mode.SHADOW])
def test_a_person_who_waits_is_answered_in_every_mode(outbox: Path, mode: Mode) -> None:
    set_mode(mode=mode, reason="first week", by=SYSTEM, at=NOW)

    assert dispatch_code(code=ask(), at=NOW)
    assert len(spooled(outbox)) == 1


def test_a_stranger_is_not_written_to(outbox: Path) -> None:
    assert not dispatch_code(code=ask("personne@example.org"), at=NOW)
    assert not dispatch_code(code=UUID(int=0), at=NOW)
    assert spooled(outbox) == []


def test_a_code_that_is_over_does_not_leave_any_more(outbox: Path) -> None:
    late, replaced = ask("C-3001"), ask()
    ask()

    assert not dispatch_code(code=replaced, at=NOW)
    assert not dispatch_code(code=late, at=NOW + timedelta(minutes=10))
    assert spooled(outbox) == []


def test_the_same_job_again_writes_the_same(outbox: Path) -> None:
    uuid = ask()
    dispatch_code(code=uuid, at=NOW)
    before = (outbox / "email" / f"{uuid}.eml").read_bytes()

    dispatch_code(code=uuid, at=NOW + timedelta(minutes=1))

    assert (outbox / "email" / f"{uuid}.eml").read_bytes() == before


def test_the_job_is_part_of_the_transaction_and_cannot_tell_the_code() -> None:
    uuid = ask()
    with transaction.atomic():
        send_code(code=uuid, by=SYSTEM, at=NOW)

    with connection.cursor() as cursor:
        cursor.execute("SELECT queue_name, task_name, args FROM procrastinate_jobs")
        [(queue, task, args)] = cursor.fetchall()
    assert (queue, task, args) == ("live-out", "ligneclaire.voice.tasks.send_code", f'{{"code": "{uuid}"}}')


def test_a_code_is_in_no_thread_and_in_no_log(outbox: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    uuid = ask()

    dispatch_code(code=uuid, at=NOW)
    job.func(code=str(uuid))  # now, long after the code of this test was asked for: nothing leaves

    assert (Fact.objects.count(), messages.of(["C-2001"])) == (0, ())
    assert [line for line in caplog.messages if code_of(uuid) in line] == []
    assert len(spooled(outbox)) == 1
