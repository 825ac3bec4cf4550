"""What customers read: who answers, what was told, what was written, what they hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from builders import a_world, the_story_world
from ligneclaire.channels.models import Message, Printing
from ligneclaire.channels.queries import messages
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.period import Period
from ligneclaire.people.actions.record_absence import record_absence
from ligneclaire.people.queries import addressees, consents
from ligneclaire.people.states import AbsenceReason, Purpose
from ligneclaire.space.queries import home
from ligneclaire.ui.devices import browser_of, system_of
from space.conftest import a_browser_of, a_guest
from world import World

pytestmark = pytest.mark.django_db

ADSL = "Internet et téléphone ADSL"
PAGES = {
    "/espace/": 11,
    "/espace/messages": 3,
    "/espace/contrats": 5,
    "/espace/documents": 4,
}


@pytest.fixture
def told(monday: World, clock_at: Callable[[datetime], None]) -> World:
    """The story when its letter has left."""
    monday.adviser("A-1").settles(
        "equipment.days_after_formal_notice", 10, because="On compte les jours de l'avis recommandé"
    )
    at = datetime.fromisoformat("2015-02-18T10:00:00+01:00")
    monday.it_is(at)
    clock_at(at)
    return monday


def text_of(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_the_adviser_is_named_with_a_direct_line(lenoir: Client) -> None:
    text = text_of(lenoir, "/espace/")

    assert "Nora Benali" in text
    assert '<a href="tel:+33199000101">01\u00a099\u00a000\u00a001\u00a001</a>' in text
    assert "nora.benali@ligneclaire.example" in text
    assert ">NB<" in text


@pytest.mark.parametrize(
    ("back", "said"),
    [
        (date(2015, 2, 23), "répond de nouveau à partir du 23 février 2015"),
        (None, "ne peut pas répondre en ce moment"),
    ],
)
def test_an_adviser_who_is_away_is_stood_in_for(lenoir: Client, back: date | None, said: str) -> None:
    away = Period(date(2015, 2, 16), back)
    at = datetime(2015, 2, 16, 8, tzinfo=UTC)
    record_absence(adviser="A-1", period=away, reason=AbsenceReason.UNPLANNED, by=SYSTEM, at=at)

    text = text_of(lenoir, "/espace/")

    assert "Nora Benali" in text
    assert said in text
    assert "Hugo Marchand" in text
    assert "tel:+33199000101" not in text
    assert "UNPLANNED" not in text


def test_only_what_was_told_is_shown(lenoir: Client) -> None:
    page = lenoir.get("/espace/")

    assert (page.context["home"].told, page.context["home"].waits) == ((), ())
    assert [card.subject for card in page.context["home"].newest] == ["Votre demande de résiliation est bien arrivée"]
    [plan] = page.context["home"].plans
    assert [(step.what, step.when) for step in plan.drawn.steps if step.state != "done"] == [
        ("Fin du contrat", "Date à venir, au plus tard le 20 février 2015"),
        ("Retour du matériel", "Date à venir"),
        ("Dernière facture", "Date à venir"),
        ("Remboursement du dépôt de garantie", "Date à venir, au plus tard le 17 mars 2015"),
        ("Dossier terminé", "Date à venir"),
    ]
    assert plan.label_for == ""


def test_what_was_told_is_shown_by_day(told: World, lenoir: Client) -> None:
    page = lenoir.get("/espace/")

    rows = [(row.what, row.about, row.value, row.due_on) for row in page.context["home"].told]
    assert rows == [
        ("Date de fin du contrat", ADSL, "", date(2015, 2, 20)),
        ("Date de la dernière facture", ADSL, "", date(2015, 3, 5)),
        ("Date limite de retour du matériel", ADSL, "", date(2015, 3, 7)),
        ("Date jusqu’à laquelle la messagerie reste ouverte", ADSL, "", date(2015, 8, 20)),
        ("Frais de résiliation", ADSL, "0,00\u202f€", None),
        ("Remboursement du dépôt de garantie", ADSL, "49,00\u202f€", None),
        ("Somme due si le matériel n’est pas rendu", ADSL, "300,00\u202f€", None),
    ]
    [plan] = page.context["home"].plans
    assert [(step.what, step.when) for step in plan.drawn.steps if step.state == "open"] == [
        ("Fin du contrat", "le 20 février 2015"),
        ("Retour du matériel", "le 7 mars 2015"),
    ]
    assert '<a href="/espace/contrats/K-ADSL-1/etiquette.pdf">' in page.content.decode()


def test_what_is_still_to_be_told_says_by_when(
    monday: World, lenoir: Client, clock_at: Callable[[datetime], None]
) -> None:
    at = datetime.fromisoformat("2015-02-18T10:00:00+01:00")
    monday.it_is(at)
    clock_at(at)

    waits = lenoir.get("/espace/").context["home"].waits

    assert [(one.about, one.says) for one in waits] == [
        (ADSL, "Au plus tard le 25 février 2015, nous vous dirons le délai qui suit une mise en demeure."),
    ]


def test_a_day_that_passed_without_news_is_said_so(
    told: World, lenoir: Client, clock_at: Callable[[datetime], None]
) -> None:
    at = datetime.fromisoformat("2015-03-10T10:00:00+01:00")
    told.it_is(at)
    clock_at(at)

    page = lenoir.get("/espace/")

    late = [row.what for row in page.context["home"].told if row.is_late]
    assert late == ["Date de la dernière facture", "Date limite de retour du matériel"]
    assert "cette date est passée" in page.content.decode()


def test_messages_show_the_very_text_that_left(told: World, lenoir: Client) -> None:
    listed = lenoir.get("/espace/messages").context["list"].cards

    assert [(card.channel, card.sent_at is not None) for card in listed] == [
        (card.channel, True) for card in reversed(messages.of(["C-2001"])) if card.sent_at
    ]
    page = lenoir.get(f"/espace/messages/{listed[0].uuid}")
    assert page.context["message"].content.as_json() == listed[0].content
    assert listed[0].content["reference"] in page.content.decode()


def test_what_has_not_left_is_not_shown(lenoir: Client) -> None:
    [card] = messages.of(["C-2001"])
    Message.objects.filter(uuid=card.uuid).update(state="queued", sent_at=None, file="", digest="")

    assert lenoir.get("/espace/messages").context["list"].cards == ()
    assert lenoir.get(f"/espace/messages/{card.uuid}").status_code == 404
    assert lenoir.get("/espace/documents").context["list"].rows == []


def test_a_letter_is_the_file_that_left(lenoir: Client) -> None:
    [document] = lenoir.get("/espace/documents").context["list"].rows

    response = lenoir.get(document.url)

    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert response.content.startswith(b"%PDF")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("page", ["x", "0", "-1", "١", "999999999999"])
def test_a_page_that_cannot_be_is_the_first_or_empty(lenoir: Client, page: str) -> None:
    assert lenoir.get("/espace/messages", {"page": page}).status_code == 200


def test_contracts_say_what_is_held_and_until_when(told: World, lenoir: Client) -> None:
    page = lenoir.get("/espace/contrats")

    assert [(one.holding.contract, one.ends_on, one.has_ended) for one in page.context["held"]] == [
        ("K-FIX-3", None, False),
        ("K-MOB-2", None, False),
        ("K-ADSL-1", date(2015, 2, 20), False),
    ]
    text = page.content.decode()
    assert "prend fin le 20 février 2015" in text
    assert "LB-4471-0093" in text
    assert "résidence secondaire, 33120 Arcachon" in text
    assert 'href="/resilier"' in text
    assert 'href="/renoncer"' in text


def test_a_commitment_is_shown_while_it_lasts(monday: World) -> None:
    document = the_story_world()
    contract = next(row for row in document["customers"] if row["id"] == "C-3001")["contracts"][0]
    contract["committed_until"] = "2015-03-01"
    a_world(document)

    assert "jusqu’au 1er mars 2015" in text_of(a_browser_of("C-3001"), "/espace/contrats")


def test_a_contract_that_ended_comes_last_and_says_so(
    told: World, lenoir: Client, clock_at: Callable[[datetime], None]
) -> None:
    at = datetime.fromisoformat("2015-02-25T10:00:00+01:00")
    told.it_is(at)
    clock_at(at)

    page = lenoir.get("/espace/contrats")

    assert [(one.holding.contract, one.has_ended) for one in page.context["held"]][-1] == ("K-ADSL-1", True)
    assert "Terminé le" in page.content.decode()


def test_whoever_has_left_is_asked_once(told: World, aubert: Client) -> None:
    assert not home.of(("C-3001",), today=date(2015, 2, 18)).ask_welcome_back
    assert home.of(("C-3001",), today=date(2015, 2, 18), ask_welcome_back=True).ask_welcome_back

    assert "Pouvons-nous vous écrire" not in text_of(aubert, "/espace/")
    for answer, said in (("no", "Nous ne vous écrirons pas à ce sujet."), ("yes", "Nous pourrons vous écrire.")):
        page = aubert.post("/espace/retour", {"answer": answer}, follow=True)
        assert said in page.content.decode()
        assert not page.context["home"].ask_welcome_back

    answered = consents.answer_of("C-3001", Purpose.WELCOME_BACK)
    assert answered is not None
    assert answered.is_given
    assert not home.of(("C-3001",), today=date(2015, 2, 18), ask_welcome_back=True).ask_welcome_back
    assert "Retirer mon accord" in text_of(aubert, "/espace/")
    assert consents.answer_of("C-2001", Purpose.WELCOME_BACK) is None


def test_a_customer_without_contract_is_asked_kindly(monday: World) -> None:
    document = the_story_world()
    document["customers"].append(document["customers"][2] | {"id": "C-9001", "email": None, "contracts": []})
    a_world(document)

    text = text_of(a_browser_of("C-9001"), "/espace/")

    assert "Pouvons-nous vous écrire de temps en temps" in text
    assert "Vous n’avez pas de contrat chez nous." in text_of(a_browser_of("C-9001"), "/espace/contrats")


def test_an_answer_that_is_none_changes_nothing(lenoir: Client) -> None:
    assert lenoir.post("/espace/retour", {"answer": "perhaps"}).status_code == 302
    assert consents.answer_of("C-2001", Purpose.WELCOME_BACK) is None


def test_the_language_is_the_persons_own_and_counts_for_messages(lenoir: Client, aubert: Client) -> None:
    response = lenoir.post("/espace/langue", {"language": "en", "next": "/espace/contrats"})

    assert response["Location"] == "/espace/contrats"
    page = lenoir.get("/espace/contrats")
    assert "My contracts" in page.content.decode()
    assert page["Content-Language"] == "en"
    assert "My contracts" in text_of(a_browser_of("C-2001"), "/espace/contrats")
    assert "Mes contrats" in text_of(aubert, "/espace/contrats")
    assert addressees.of(["C-2001"], on=date(2015, 2, 16))["C-2001"].language == "en"


def test_a_guest_reads_the_language_of_the_browser_until_they_choose(monday: World) -> None:
    guest = a_guest(language="en")
    assert "Your customer space" in text_of(guest, "/espace/connexion")

    guest.post("/espace/langue", {"language": "fr", "next": "/espace/connexion"})

    assert "Votre espace client" in text_of(guest, "/espace/connexion")


@pytest.mark.parametrize("language", ["es", ""])
def test_a_language_that_we_do_not_speak_changes_nothing(lenoir: Client, language: str) -> None:
    lenoir.post("/espace/langue", {"language": language, "next": "/espace/"})

    assert "Bonjour, M. et Mme Lenoir" in text_of(lenoir, "/espace/")


def test_a_language_that_the_operator_does_not_speak_changes_nothing(lenoir: Client) -> None:
    a_world(the_story_world() | {"operator": the_story_world()["operator"] | {"languages": ["fr"]}})

    lenoir.post("/espace/langue", {"language": "en", "next": "/espace/"})

    assert "Bonjour, M. et Mme Lenoir" in text_of(lenoir, "/espace/")


def test_what_a_customer_reads_stays_in_no_cache(lenoir: Client) -> None:
    assert "no-store" in lenoir.get("/espace/")["Cache-Control"]
    assert lenoir.get("/espace")["Location"] == "/espace/"


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("rows", [1, 3])
def test_one_row_or_three_take_the_same_queries(
    told: World, path: str, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = a_browser_of("C-2001")
    if rows == 1:
        others = Message.objects.filter(customer="C-2001").exclude(uuid=messages.of(["C-2001"])[0].uuid)
        Printing.objects.filter(message__in=others).delete()
        others.delete()
        client = a_browser_of("C-3001") if path == "/espace/contrats" else client
    client.get(path)  # writes down that the customer is there

    with django_assert_num_queries(PAGES[path]):
        client.get(path)


@pytest.mark.parametrize(
    ("said", "browser", "system"),
    [
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit Version/17.0 Mobile Safari/604.1",
            "Safari",
            "iPhone",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit Chrome/131.0 Safari/537.36 Edg/131.0",
            "Edge",
            "Windows",
        ),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit Chrome/131.0 Mobile Safari/537.36", "Chrome", "Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0", "Firefox", "Linux"),
        ("curl/8.0", "", ""),
    ],
)
def test_a_browser_is_called_by_the_name_that_people_know(said: str, browser: str, system: str) -> None:
    assert (browser_of(said), system_of(said)) == (browser, system)
