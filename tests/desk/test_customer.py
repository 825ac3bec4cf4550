"""The page of a customer."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from ligneclaire.cases.queries import cards
from world import World

pytestmark = pytest.mark.django_db
LENOIR = "/customers/C-2001"
SETTLE = f"{LENOIR}/settle"
PART = {"HX-Request": "true"}
ANSWER = {
    "question": "1",
    "subject": "contract:K-ADSL-1",
    "key": "equipment.days_after_formal_notice",
    "chosen": "10",
    "reason": "On compte les jours de l'avis.",
}


def words(html: bytes) -> str:
    """The text of a page as one line."""
    return " ".join(re.sub(r"<[^>]*>", " ", html.decode()).replace("\xa0", " ").split())


def test_the_page_says_who_what_waits_and_why(nora: Client) -> None:
    page = words(nora.get(LENOIR).content)

    for said in (
        "M. et Mme Lenoir C-2001 06 39 98 02 01 lenoir@example.org",
        "Nora Benali · 01 99 00 01 01",
        "Internet et téléphone ADSL prend fin 05 36 49 02 01 K-ADSL-1",
        "7 jours Équipements · samedi 14 février, 10:05",
        "10 jours Équipements Sud-Ouest · dimanche 15 février, 11:20",
        "Prochain message mardi 17 février, 08:00",
        "Attend une décision : délai après la mise en demeure",
        "Votre contrat prend fin.",
        "Lettre envoi fait",
    ):
        assert said in page


def test_the_page_takes_twenty_one_queries(nora: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(21):
        nora.get(LENOIR)


def test_more_of_everything_takes_no_more_queries(
    nora: Client, monday: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number, key in enumerate(("equipment.return_by", "equipment.penalty"), start=1):
        values = ("2015-03-05", "2015-03-06") if number == 1 else (money("300.00"), money("200.00"))
        for source, value in zip(("equipment", "equipment-south-west"), values, strict=True):
            monday.department(source).states(key, value)
    monday.department("billing").states("closing_bill.date", "2015-03-20", of="K-MOB-2")
    monday.it_is("2015-02-16T10:00:01+01:00")

    with django_assert_num_queries(21):
        page = nora.get(LENOIR)
    assert page.content.count(b'name="chosen"') == 6


def money(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "EUR"}


def test_drawing_the_page_asks_nothing_more_of_the_database(nora: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def drawn(request: HttpRequest, template: str, context: dict[str, object], status: int) -> HttpResponse:
        with CaptureQueriesContext(connection) as queries:
            response = render(request, template, context, status=status)
        asked.append(len(queries))
        return response

    monkeypatch.setattr("ligneclaire.desk.door.render", drawn)

    nora.get(LENOIR)

    assert asked == [0]


def test_a_settlement_is_recorded_with_its_reason_and_changes_the_letter(nora: Client) -> None:
    response = nora.post(SETTLE, ANSWER)

    assert (response.status_code, response["Location"]) == (302, LENOIR)
    page = words(nora.get(LENOIR).content)
    assert "10 jours · Nora Benali, lundi 16 février, 10:00 On compte les jours de l&#x27;avis." in page
    assert "Vous auriez alors encore 10 jours" in page


@pytest.mark.parametrize(
    ("entered", "said"),
    [
        ({"reason": "  "}, "Dites pourquoi"),
        ({"reason": "x" * 501}, "500 caractères au plus."),
        ({"chosen": ""}, "Choisissez l’une des valeurs."),
        ({"chosen": "["}, "Choisissez l’une des valeurs."),
    ],
)
def test_what_is_missing_is_said_beside_it_and_nothing_is_lost(
    nora: Client, entered: dict[str, str], said: str
) -> None:
    question = str(cards.open_questions()[0].id)
    response = nora.post(SETTLE, ANSWER | {"question": question} | entered, headers=PART)

    page = response.content.decode()
    assert response.status_code == 422
    assert said in words(response.content)
    if "reason" not in entered:
        assert "On compte les jours de l&#x27;avis.</textarea>" in page
    else:
        assert re.search(r'value="10" required\s+checked', page)
    assert words(nora.get(LENOIR).content).count("à trancher") == 1


def test_the_second_to_settle_learns_who_was_first_and_keeps_their_words(nora: Client, hugo: Client) -> None:
    hugo.get(LENOIR)
    nora.post(SETTLE, ANSWER)

    response = hugo.post(SETTLE, ANSWER | {"chosen": "7", "reason": "Je crois que c'est 7."}, headers=PART)

    page = words(response.content)
    assert response.status_code == 422
    assert "Il n’y a plus rien à trancher" in page
    assert "Vous aviez écrit : « Je crois que c&#x27;est 7. »" in page
    assert "10 jours · Nora Benali" in page


def test_a_value_that_nobody_states_is_refused(nora: Client) -> None:
    response = nora.post(SETTLE, ANSWER | {"chosen": "8"}, headers=PART)

    assert response.status_code == 422
    assert words(nora.get(LENOIR).content).count("à trancher") == 1


def test_a_letter_is_printed_as_it_left_and_as_it_will_leave(nora: Client) -> None:
    sent = re.search(r'href="(/messages/[^"]+)"', nora.get(LENOIR).content.decode())
    assert sent
    page = words(nora.get(sent[1]).content)
    assert "Votre demande de résiliation est bien arrivée" in page

    printed = nora.get(f"{sent[1]}/letter.pdf")
    coming = nora.get(f"{LENOIR}/letter.pdf", {"subject": "contract:K-ADSL-1"})

    assert (printed["Content-Type"], printed.content[:5]) == ("application/pdf", b"%PDF-")
    assert (coming["Content-Type"], coming.content[:5]) == ("application/pdf", b"%PDF-")
    assert nora.get(f"{LENOIR}/letter.pdf", {"subject": "contract:K-MOB-2"}).status_code == 404


def test_the_page_can_be_read_in_english(nora: Client) -> None:
    nora.post("/language", {"language": "en", "next": LENOIR})

    page = words(nora.get(LENOIR).content)

    assert "Which is true?" in page
    assert "7 days Équipements · Saturday 14 February, 10:05" in page
