"""Standard texts at the desk: supervisors word them, advisers find and insert them, nothing left open leaves."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

import pytest
from django.test import Client

from desk.test_writing import WORDS, begin, check_of, words
from ligneclaire.channels.models import Message
from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.people.actions.set_supervision import set_supervision
from ligneclaire.people.models import Customer
from ligneclaire.voice.actions.keep_standard_text import keep_standard_text
from ligneclaire.voice.models import StandardText, StandardTextVersion
from ligneclaire.voice.queries.standard_texts import Wording
from world import MONDAY

pytestmark = pytest.mark.django_db
TYPED = {
    "seen": "0",
    "name": "Retard d’une intervention",
    "shortcut": "retard",
    "subject_fr": "Votre intervention",
    "text_fr": "Bonjour {client},\r\n\r\nle technicien vient le {date promise}.",
    "subject_en": "",
    "text_en": "The technician comes on {promised date}.",
}


@pytest.fixture
def ines(ines: Client) -> Client:
    """She looks after the others."""
    set_supervision(username="ines", is_supervisor=True, by=SYSTEM, at=datetime.fromisoformat(MONDAY))
    return ines


def a_text(name: str = "Retard", shortcut: str = "retard", french: str = TYPED["text_fr"]) -> UUID:
    uuid = uuid4()
    said = {
        "fr": Wording(subject="Votre intervention", text=french.replace("\r\n", "\n")),
        "en": Wording(subject="Your visit", text=TYPED["text_en"]),
    }
    keep_standard_text(text=uuid, name=name, shortcut=shortcut, words=said, seen=0, by=SYSTEM, at=clock.now())
    return uuid


def test_a_supervisor_words_a_text_and_every_adviser_reads_it(ines: Client, nora: Client) -> None:
    path = str(ines.get("/texts/new").headers["Location"])
    assert "{date promise}" in words(ines.get(path))

    assert ines.post(path, TYPED).headers["Location"] == "/texts"
    changed = TYPED | {"seen": "1", "name": "Retard"}
    assert ines.post(path, changed).headers["Location"] == "/texts"

    assert [row.number for row in StandardTextVersion.objects.order_by("number")] == [1, 2]
    page = nora.get("/texts")
    assert "Retard ::retard" in words(page)
    assert path not in page.content.decode()
    assert "Nouveau texte" not in words(page)
    assert "Version 1, Inès Caron" in words(ines.get(path))
    assert ines.get(path).context["form"]["text_fr"].value() == TYPED["text_fr"].replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("typed", "field", "fault"),
    [
        ({"name": ""}, "name", "Dites sous quel nom les conseillers le trouvent."),
        ({"shortcut": "deux mots"}, "shortcut", "Un seul mot de lettres, chiffres et traits d’union, 30 au plus."),
        ({"name": "déjà là"}, "name", "Un autre texte l’a déjà."),
        ({"shortcut": "la"}, "shortcut", "Un autre texte l’a déjà."),
        (
            {"text_fr": "Bonjour,\r\nle {jour}."},
            "text_fr",
            (
                "Ligne 2 : rien ne remplit {jour}. Peuvent se remplir : {client}, {conseiller}, {téléphone}, {offre}, "
                "{dossier}, {date promise}."
            ),
        ),
        ({"seen": "3"}, "__all__", "Un collègue a modifié ce texte entre-temps : rouvrez-le pour voir comment."),
    ],
)
def test_what_is_wrong_with_a_text_stands_beside_its_field(
    ines: Client, typed: dict[str, str], field: str, fault: str
) -> None:
    a_text("Déjà là", "la")

    page = ines.post(f"/texts/{uuid4()}", TYPED | typed)

    assert page.status_code == 422
    assert [text.replace("\xa0", " ") for text in page.context["form"].errors[field]] == [fault]
    assert StandardText.objects.count() == 1


def test_the_list_is_searched_by_name_shortcut_and_words(nora: Client) -> None:
    a_text("Retard", "retard")
    a_text("Facture", "facture", "Votre facture.")

    def found(query: str) -> list[str]:
        return [card.name for card in nora.get("/texts", {"q": query}).context["texts"]]

    assert found("") == ["Facture", "Retard"]
    assert found("TECHNICIEN vient") == ["Retard"]
    assert found("::fac") == ["Facture"]
    assert "Aucun texte ne contient ces mots." in words(nora.get("/texts", {"q": "zzz"}))


def test_a_text_goes_to_the_archive_and_comes_back(ines: Client) -> None:
    uuid = a_text()

    ines.post(f"/texts/{uuid}/archive")
    page = ines.get("/texts")
    assert ([*page.context["texts"]], [card.name for card in page.context["archived"]]) == ([], ["Retard"])

    other = a_text(shortcut="x")
    refused = ines.post(f"/texts/{uuid}/archive", {"back": "1"})
    assert refused.status_code == 422
    assert "Un autre texte porte désormais ce nom" in words(refused)
    ines.post(f"/texts/{other}/archive")
    ines.post(f"/texts/{uuid}/archive", {"back": "1"})
    assert [card.uuid for card in ines.get("/texts").context["texts"]] == [uuid]


def test_a_text_is_chosen_filled_and_what_is_left_keeps_it_from_leaving(nora: Client) -> None:
    a_text()
    path = begin(nora)
    assert '<option value="Retard">::retard</option>' in nora.get(path).content.decode()

    chosen = nora.post(
        path, WORDS | {"subject": "", "text": "Suite à votre appel.", "standard": "RETARD", "insert": "1"}
    )

    assert chosen.headers["Location"] == f"{path}#id_text"
    page = nora.get(path)
    text = page.context["form"]["text"].value()
    assert text == "Suite à votre appel.\n\nBonjour M. et Mme Lenoir,\n\nle technicien vient le {date promise}."
    assert page.context["form"]["subject"].value() == "Votre intervention"
    assert "Reste à remplir : {date promise}" in words(page)
    refused = nora.post(path, WORDS | {"text": text})
    assert refused.status_code == 422
    assert [fault.replace("\xa0", " ") for fault in refused.context["form"].errors["text"]] == [
        "À remplir d’abord : {date promise}"
    ]
    assert nora.get(check_of(path)).headers["Location"] == path
    assert Message.objects.filter(written_by="adviser:A-1").count() == 0


def test_a_shortcut_on_its_line_is_filled_and_its_dates_are_looked_at(nora: Client) -> None:
    a_text()
    path, day = begin(nora), "20/02/2015"

    typed = WORDS | {"text": "Bonjour,\r\n::retard\r\n\r\nÀ bientôt.", "promise": "Intervention", "due_on": day}
    assert nora.post(path, typed).headers["Location"] == check_of(path)

    page = nora.get(check_of(path))
    assert "le technicien vient le 20 février 2015." in words(page)
    assert page.context["new"] == []  # it is promised
    nora.post(path, WORDS | {"text": "::retard", "due_on": day, "promise": ""})
    kept = nora.get(path).context["form"]["text"].value()
    nora.post(path, WORDS | {"text": kept})
    assert [one.typed for one in nora.get(check_of(path)).context["new"]] == ["20 février 2015"]


def test_a_customer_is_written_to_in_their_language_and_their_own_subject_stays(nora: Client) -> None:
    a_text()
    Customer.objects.filter(number="C-2001").update(language="en")
    path = begin(nora)

    nora.post(path, WORDS | {"text": "", "standard": "::retard", "insert": "1"})

    form = nora.get(path).context["form"]
    assert (form["subject"].value(), form["text"].value()) == (
        "Votre question",
        "The technician comes on {promised date}.",
    )


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"insert": "1", "standard": ""}, "Choisissez un texte."),
        ({"standard": "Rien"}, "Aucun texte type ne s’appelle « Rien »."),
    ],
)
def test_a_choice_of_nothing_is_said_and_the_words_stay(nora: Client, typed: dict[str, str], fault: str) -> None:
    a_text()

    page = nora.post(begin(nora), WORDS | typed)

    assert page.status_code == 422
    assert page.context["standard_fault"].replace("\xa0", " ").replace("\u202f", " ").replace("\u00a0", " ") == fault
    assert page.context["form"]["text"].value() == WORDS["text"]


def test_a_shortcut_of_nothing_does_not_leave(nora: Client) -> None:
    page = nora.post(begin(nora), WORDS | {"text": "Bonjour\r\n::rien\r\nMerci"})

    assert page.status_code == 422
    assert page.context["form"].errors["text"] == ["Aucun texte type n’a le raccourci ::rien."]


def test_what_is_kept_while_somebody_types_stays_as_typed(nora: Client) -> None:
    a_text()
    path = begin(nora)

    nora.post(path, WORDS | {"text": "::retard", "standard": "Ret"}, headers={"HX-Request": "true"})

    assert nora.get(path).context["form"]["text"].value() == "::retard"


def test_a_sentence_at_a_hand_over_has_nothing_left_to_fill(nora: Client) -> None:
    [case] = {card.case for card in Message.objects.filter(customer="C-2001")} or {""}
    typed = {"over-to": "A-2", "over-note": "x", "over-tell": "on", "over-sentence": "Le {date promise}."}

    page = nora.post(f"/cases/{case}/hand-over", typed)

    assert page.status_code == 422
    assert "À remplir d’abord : {date promise}" in words(page)
