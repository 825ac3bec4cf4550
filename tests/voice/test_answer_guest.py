"""Somebody who ends a contract without signing in is answered at the address they typed, and learns nothing by it."""

from __future__ import annotations

import email
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from builders import a_world
from contracts.leaving import GUEST, LENOIR, NOON, NORA, answers, ticked, typed
from ligneclaire.contracts.actions.reject_request import reject_request
from ligneclaire.contracts.actions.renounce_contract import renounce_contract
from ligneclaire.contracts.actions.request_termination import request_termination
from ligneclaire.facts.models import Fact
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.voice.actions.answer_guest import answer_guest
from ligneclaire.voice.actions.set_mode import set_mode
from ligneclaire.voice.dispatch import dispatch_answer
from ligneclaire.voice.rules.guests import Answer
from ligneclaire.voice.rules.state import Mode
from ligneclaire.voice.tasks import answer_guest as job

pytestmark = pytest.mark.django_db

RECEIPT = """\
Bonjour,
Nous avons bien reçu votre demande le 20 novembre 2026 à 12 h. Sa référence est {reference}.
L’accusé de réception complet, avec la date de fin et tout ce qui en découle, part vers les coordonnées que
nous connaissons pour le contrat ; ce n’est pas toujours cette adresse.
Si ce que vous avez indiqué ne nous conduit à aucun contrat, un conseiller le cherche. Il vous répond à cette
adresse s’il lui manque une information.
Si vous n’avez rien demandé, appelez-moi au 01 99 00 01 01 : je ferai le nécessaire.
Nora Benali, votre contact au service clients"""
UNFOUNDED = """\
Bonjour,
Nous avons bien reçu votre demande le 20 novembre 2026 à 12 h, mais nous n’avons pas trouvé de contrat à
partir de ce que vous avez indiqué.
Elle n’a donc mis fin à aucun contrat.
Le plus sûr est de la refaire avec le numéro de la ligne et le nom du titulaire, tels qu’ils figurent sur une
facture. Vous pouvez aussi m’appeler au 01 99 00 01 01, ou me répondre ici, avec la référence {reference}.
Si vous n’avez rien demandé, appelez-moi au 01 99 00 01 01 : je ferai le nécessaire.
Nora Benali, votre contact au service clients"""


@pytest.fixture(autouse=True)
def outbox(settings: Settings, tmp_path: Path) -> Path:
    a_world()
    settings.OUTBOX = tmp_path / "outbox"
    return tmp_path / "outbox"


def ask(**given: Any) -> str:
    return request_termination(declared=typed(**given), by=GUEST, at=NOON).reference


def mails(outbox: Path) -> list[EmailMessage]:
    files = sorted(path for path in outbox.rglob("*") if path.is_file())
    return [email.message_from_bytes(path.read_bytes(), policy=default) for path in files]


def text(mail: EmailMessage) -> str:
    return words(str(mail.get_content()))


def words(said: str) -> str:
    """A text without its lines."""
    return " ".join(said.split())


def test_a_guest_whom_we_do_not_find_has_a_receipt_with_its_reference(outbox: Path) -> None:
    reference = ask(surname="Personne")

    assert dispatch_answer(request=reference, answer=Answer.RECEIVED, at=NOON)

    [mail] = mails(outbox)
    assert mail["To"] == "a@example.org"
    assert mail["From"] == '"Nora Benali, Télécom Ligne Claire" <nora.benali@ligneclaire.example>'
    assert mail["Subject"] == f"Votre demande de résiliation {reference} est bien reçue"
    assert text(mail) == words(RECEIPT.format(reference=reference))


def test_the_receipt_is_the_same_for_a_customer_whose_adviser_is_another(outbox: Path) -> None:
    """C-5001 is Hugo's: his signature would tell a stranger that there is such a customer."""
    found, lost = (ask(lines=("+33536490501",), surname=surname) for surname in ("Perrin", "Personne"))

    for reference in (found, lost):
        dispatch_answer(request=reference, answer=Answer.RECEIVED, at=NOON)

    assert {text(mail).replace(found, "REF").replace(lost, "REF") for mail in mails(outbox)} == {
        words(RECEIPT.format(reference="REF"))
    }


def test_where_the_acknowledgement_goes_no_receipt_goes(outbox: Path) -> None:
    reference = ask(email="Lenoir@example.org")

    assert not dispatch_answer(request=reference, answer=Answer.RECEIVED, at=NOON)

    assert mails(outbox) == []


def test_who_ends_what_ends_already_has_a_receipt_of_their_own(outbox: Path) -> None:
    ask()
    second = ask(email="lenoir@example.org")

    assert dispatch_answer(request=second, answer=Answer.RECEIVED, at=NOON)

    assert [mail["To"] for mail in mails(outbox)] == ["lenoir@example.org"]


def test_a_guest_whose_contract_nobody_finds_is_told_what_would_help(outbox: Path) -> None:
    reference = ask(surname="Personne")
    reject_request(reference=reference, reason="Inconnu", by=NORA, at=NOON)

    assert dispatch_answer(request=reference, answer=Answer.UNFOUNDED, at=NOON)

    [mail] = mails(outbox)
    assert words(mail["Subject"]) == f"Votre demande de résiliation {reference} : il nous manque une information"
    assert text(mail) == words(UNFOUNDED.format(reference=reference))


def test_an_english_guest_reads_english(outbox: Path) -> None:
    declared = typed(language="en", surname="Nobody", lines=("+33639980209",))
    reference = renounce_contract(declared=declared, by=GUEST, at=NOON).reference

    dispatch_answer(request=reference, answer=Answer.RECEIVED, at=NOON)

    [mail] = mails(outbox)
    assert (mail["Subject"], mail["Content-Language"]) == (f"We have received your withdrawal {reference}", "en")
    assert "We received your request on 20 November 2026 at 12:00. Its reference is" in text(mail)


@pytest.mark.parametrize("mode", [Mode.SHADOW, Mode.STOP])
def test_nothing_leaves_while_the_voice_is_not_live(outbox: Path, mode: Mode) -> None:
    reference = ask(surname="Personne")
    set_mode(mode=mode, reason="a test", by=SYSTEM, at=NOON)

    assert not dispatch_answer(request=reference, answer=Answer.RECEIVED, at=NOON)

    assert mails(outbox) == []


def test_nobody_fills_the_mailbox_of_a_stranger(outbox: Path) -> None:
    references = [ask(surname="Personne", email="Victim@example.org") for _ in range(4)]

    left = [dispatch_answer(request=one, answer=Answer.RECEIVED, at=NOON) for one in references[2:]]

    later = request_termination(
        declared=typed(surname="Personne", email="victim@example.org"), by=GUEST, at=NOON + timedelta(hours=1)
    )
    assert [*left, dispatch_answer(request=later.reference, answer=Answer.RECEIVED, at=NOON)] == [False, False, True]


@pytest.mark.parametrize(
    ("given", "answer"),
    [
        ({"surname": "Personne", "email": "", "address": "1 rue X, 64000 Pau"}, Answer.RECEIVED),
        ({"surname": "Personne"}, Answer.UNFOUNDED),
    ],
)
def test_without_an_address_or_a_decision_nothing_leaves(outbox: Path, given: dict[str, str], answer: Answer) -> None:
    assert not dispatch_answer(request=ask(**given), answer=answer, at=NOON)
    assert not dispatch_answer(request="LC-0", answer=answer, at=NOON)

    assert mails(outbox) == []


def test_a_customer_who_is_signed_in_has_the_acknowledgement_and_nothing_else(outbox: Path) -> None:
    card = request_termination(declared=ticked("K-ADSL-1", email="x@example.org"), by=LENOIR, at=NOON)

    assert not dispatch_answer(request=card.reference, answer=Answer.RECEIVED, at=NOON)


def test_an_answer_is_a_job_that_sends_the_same_mail_when_done_again(outbox: Path) -> None:
    reference = ask(surname="Personne")
    answer_guest(request=reference, answer=Answer.RECEIVED, by=GUEST, at=NOON)
    assert answers() == [(reference, "received")]

    for _ in range(2):
        job.func(request=reference, answer="received")

    assert len(mails(outbox)) == 1
    assert not Fact.objects.filter(kind="channels.message_sent").exists()
