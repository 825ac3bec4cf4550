"""Batches for the print house on the desk: what waits, what it cost, what is printed again."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from ligneclaire.channels.models import LetterBatch, Message, Printing
from ligneclaire.channels.states import Channel
from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.voice.actions.batch_letters import batch_letters
from ligneclaire.voice.actions.write_message import Words, write_message
from ligneclaire.voice.dispatch import dispatch
from ligneclaire.voice.queries import print_terms
from world import World

pytestmark = pytest.mark.django_db
NORA = Actor(ActorKind.ADVISER, "A-1")


@pytest.fixture(autouse=True)
def prices(settings: Settings, monday: World) -> None:
    Printing.objects.all().delete()  # of the letter of the story, which has left
    settings.LETTER_PRICE, settings.PAGE_PRICE = Decimal("1.20"), Decimal("0.05")


def words(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).replace("\xa0", " ").split())


def send(client: Client, path: str) -> None:
    client.post(f"{path}/check", {"seen": client.get(f"{path}/check").context["seen"]})


def a_letter(customer: str = "C-2001", *, is_registered: bool = False) -> UUID:
    uuid, at = uuid4(), clock.now()
    given = Words(customer=customer, channel=Channel.LETTER, subject="Oui", text="Oui.", is_registered=is_registered)
    write_message(message=uuid, words=given, by=NORA, at=at)
    assert dispatch(message=uuid, by=SYSTEM, at=at)
    return uuid


def a_batch(*customers: str) -> str:
    for customer in customers or ("C-2001",):
        a_letter(customer)
    at = clock.now()
    number = batch_letters(until=at, terms=print_terms.current(), by=SYSTEM, at=at)
    assert number
    return number


def test_without_letters_the_list_says_so(nora: Client) -> None:
    page = words(nora.get("/letters"))

    assert "Aucune lettre n’attend le prochain lot. Ce qui est parti avant 17:00 est remis chaque jour." in page
    assert "Il n’y a pas encore de lot." in page
    assert "Lettres pour l’imprimeur" in words(nora.get("/sending"))


def test_what_waits_is_counted_with_its_cost(nora: Client) -> None:
    a_letter(), a_letter("C-1001")

    assert "2 lettres attendent le prochain lot : 2,50 €." in words(nora.get("/letters")).replace(
        "\u202f", " "
    ).replace("\u00a0", " ")


def test_a_batch_shows_its_letters_and_costs_and_no_name(nora: Client) -> None:
    number = a_batch("C-2001", "C-1001")

    listed, page = (
        words(nora.get(path)).replace("\u202f", " ").replace("\u00a0", " ")
        for path in ("/letters", f"/letters/{number}")
    )

    assert f"{number} 2,50 € 2 lettres · 2 pages · 2 feuilles en préparation" in listed
    cases = Message.objects.filter(written_by="adviser:A-1").order_by("id").values_list("case", flat=True)
    assert f"1 · {cases[0]} 1,25 € Oui · 1 page 2 · {cases[1]} 1,25 € Oui · 1 page" in page
    assert "Lenoir" not in page.split("Main", 1)[-1].split(number, 1)[-1]
    assert nora.get("/letters/2015-02-16-9").status_code == 404


def test_long_lists_have_pages(nora: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ligneclaire.desk.views.letters.BATCHES", 2)
    monkeypatch.setattr("ligneclaire.desk.views.letters.LETTERS", 1)
    numbers = [a_batch("C-2001", "C-1001"), a_batch(), a_batch()]

    first, second = nora.get("/letters"), nora.get("/letters?page=2")

    assert [[one.number for one in page.context["batches"].rows] for page in (first, second)] == [
        [numbers[2], numbers[1]],
        [numbers[0]],
    ]
    assert ("?page=2" in first.content.decode(), "?page=1" in second.content.decode()) == (True, True)
    assert [one.place for one in nora.get(f"/letters/{numbers[0]}?page=2").context["letters"].rows] == [2]
    assert nora.get("/letters?page=x").context["batches"].newer is None


def test_three_batches_take_no_more_queries_than_one(
    nora: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in (a_batch(), a_batch("C-2001", "C-1001"), a_batch()):
        with django_assert_num_queries(7):  # session, login, batches, operator for terms, waiting, mode, operator
            nora.get("/letters")
        with django_assert_num_queries(6):  # session, login, batch, letters, operator, mode
            nora.get(f"/letters/{number}")


def test_a_letter_tells_where_it_was_printed_and_is_printed_again(nora: Client) -> None:
    uuid = a_letter()
    at = clock.now()
    assert "Sur papier attend le prochain lot" in words(nora.get(f"/messages/{uuid}"))
    refused = nora.post(f"/messages/{uuid}/print-again", {"reason": "perdue"})
    assert refused.status_code == 422
    assert "Cela attend déjà le prochain lot." in words(refused)
    number = batch_letters(until=at, terms=print_terms.current(), by=SYSTEM, at=at)

    unexplained = nora.post(f"/messages/{uuid}/print-again", {"reason": " "})
    again = nora.post(f"/messages/{uuid}/print-again", {"reason": "Tachée"})

    assert unexplained.status_code == 422
    assert "Dites pourquoi" in words(unexplained)
    assert again.headers["Location"] == f"/messages/{uuid}"
    page = words(nora.get(f"/messages/{uuid}"))
    assert f"Sur papier {number}" in page
    assert "attend le prochain lot 1 page · réimprimée : Tachée" in page
    assert nora.post(f"/messages/{uuid4()}/print-again").status_code == 404


def test_a_batch_is_printed_again_once(nora: Client) -> None:
    number = a_batch("C-2001", "C-1001")
    path = f"/letters/{number}/print-again"

    assert nora.post(path, {"reason": ""}).status_code == 422
    assert nora.post(path, {"reason": "Camion en feu"}).headers["Location"] == "/letters"
    assert nora.post(path, {"reason": "Camion en feu"}).status_code == 422
    assert Printing.objects.filter(turn=1, reason="Camion en feu", asked_by="adviser:A-1").count() == 2
    assert LetterBatch.objects.count() == 1


def test_a_registered_letter_is_written_shown_and_taken_back_as_such(nora: Client) -> None:
    path = str(nora.get("/customers/C-2001/write").headers["Location"])
    typed = {"channel": "letter", "case": "", "subject": "Oui", "text": "Oui.", "is_registered": "on"}
    nora.post(path, typed)

    seen = words(nora.get(f"{path}/check"))
    send(nora, path)

    message = Message.objects.latest("id")
    assert "courrier, recommandée" in seen or "lettre, recommandée" in seen
    assert message.is_registered
    again = str(nora.post(f"/messages/{message.uuid}/undo").headers["Location"])
    assert nora.get(again).context["form"]["is_registered"].value() == "on"
    nora.post(path := str(nora.get("/customers/C-2001/write").headers["Location"]), typed | {"channel": "email"})
    send(nora, path)
    assert not Message.objects.latest("id").is_registered
