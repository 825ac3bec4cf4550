"""Text messages on the desk: why one waits, what came instead, whose one is, how a customer wants to be written to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from ligneclaire.channels.models import Entry, Message
from ligneclaire.channels.sms.inbound import Text
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.people.queries import wishes
from ligneclaire.people.states import MessagePurpose, Way
from ligneclaire.people.values import Wishes
from ligneclaire.voice.actions.take_text import take_text
from world import World

NOW = datetime(2015, 2, 16, 9, tzinfo=UTC)
PAGE = "/customers/C-2001/wishes"


def a_message(number: int, **changes: object) -> UUID:
    given = {
        "customer": "C-2001",
        "case": "LC-1",
        "channel": "sms",
        "language": "fr",
        "adviser": "A-1",
        "subject": "Votre ligne",
        "content": Message.objects.values_list("content", flat=True)[0],
        "destination": ["+33639980201"],
        "written_at": NOW - timedelta(minutes=1),
    }
    uuid = UUID(int=number)
    Message.objects.create(uuid=uuid, utterance=uuid, **given | changes)
    return uuid


@pytest.fixture
def lenoir(nora: Client, monday: World) -> Client:
    """Nora's browser; the story has written to the customer."""
    return nora


def pages(client: Client, uuid: UUID) -> str:
    return " ".join(client.get(path).content.decode() for path in ("/customers/C-2001", f"/messages/{uuid}"))


def test_it_says_why_a_message_waits(lenoir: Client) -> None:
    uuid = a_message(1, held_until=datetime(2015, 2, 17, 7, tzinfo=UTC))

    assert pages(lenoir, uuid).count("heures calmes jusqu’à mardi 17 février, 08:00") == 2


def test_it_says_what_went_instead_and_that_a_phone_has_it(lenoir: Client) -> None:
    first = a_message(1, state="undeliverable", failing_since=NOW, answer="UNDELIV 027")
    second = a_message(
        2, channel="email", state="sent", sent_at=NOW, file="x", digest="0" * 64, delivered_at=NOW, instead_of=first
    )

    page = pages(lenoir, second)
    assert page.count("envoyé par e-mail, car le SMS n’a pas pu être remis") == 2
    assert "remis</span>" in page
    assert "le réseau ne le prend pas" in lenoir.get(f"/messages/{first}").content.decode()


def test_a_text_of_nobody_is_matched_like_an_e_mail(lenoir: Client, settings: Settings, tmp_path: Path) -> None:
    settings.MAILBOX = tmp_path
    stranger = Text(sender="+33639980298", recipient="36105", text="Quand passez-vous ?")
    heard = take_text(text=stranger, by=SYSTEM, at=NOW)
    assert heard is not None

    assert "SMS</a>" in lenoir.get("/mails").content.decode()
    page = lenoir.get(f"/mails/{heard.text}").content.decode()
    assert "Personne n’a ce numéro" in page
    saved = lenoir.get(f"/mails/{heard.text}/original.eml")
    assert saved.headers["Content-Disposition"] == f'attachment; filename="{heard.text}.sms"'
    lenoir.post(f"/mails/{heard.text}/match", {"number": "C-2001"})

    assert list(Entry.objects.values_list("customer", "medium")) == [("C-2001", "sms")]
    assert "Tel qu’il est arrivé" in lenoir.get("/customers/C-2001").content.decode()


def test_an_adviser_keeps_what_a_customer_wishes(lenoir: Client) -> None:
    assert lenoir.get(PAGE).content.decode().count('id="way-') == 5
    assert "STOP\u00a0: pas de SMS" not in lenoir.get("/customers/C-2001").content.decode()

    answered = lenoir.post(PAGE, {"BILLS": "EMAIL", "SERVICE": "ANY", "no_texts": "yes"})

    assert (answered.status_code, answered["Location"]) == (302, "/customers/C-2001")
    assert wishes.of("C-2001") == Wishes(ways={MessagePurpose.BILLS: Way.EMAIL}, no_texts=True)
    assert "STOP\u00a0: pas de SMS" in lenoir.get("/customers/C-2001").content.decode()


def test_who_has_nothing_to_do_with_a_record_is_asked_first(lenoir: Client) -> None:
    for answered in (lenoir.get("/customers/C-4001/wishes"), lenoir.post("/customers/C-4001/wishes", {"BILLS": "SMS"})):
        assert "/customers/C-4001/occasion" in f"{answered.headers.get('Location', '')}{answered.content.decode()}"

    assert lenoir.get("/customers/C-0/wishes").status_code == 404
    assert wishes.of("C-4001") == Wishes()


def test_the_page_asks_little_of_the_database(
    lenoir: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    lenoir.get(PAGE)
    with django_assert_num_queries(9):
        lenoir.get(PAGE)
