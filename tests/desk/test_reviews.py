"""A second look at the desk: who is in training hands in, a colleague approves or sends back."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from desk.test_writing import WORDS, a_mail, begin, check_of, press_send, send, words
from ligneclaire.cases.models import Occasion, Read
from ligneclaire.cases.queries import cards
from ligneclaire.channels.models import Message
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.people.actions.set_training import set_training
from ligneclaire.promises.models import SpokenPromise
from ligneclaire.voice.models import Review, Writing
from world import MONDAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def nora(nora: Client) -> Client:
    """She is in training."""
    set_training(username="nora", is_in_training=True, by=SYSTEM, at=datetime.fromisoformat(MONDAY))
    return nora


def hand_in(client: Client, query: str = "", **typed: str) -> str:
    return str(send(client, begin(client, query), **typed).headers["Location"])


def written() -> int:
    return Message.objects.filter(written_by__startswith="adviser:").count()


def test_who_is_in_training_is_told_and_hands_in(nora: Client) -> None:
    path = begin(nora)
    nora.post(path, WORDS)

    looked = words(nora.get(check_of(path)))
    location = press_send(nora, path).headers["Location"]

    assert "Un collègue le relit avant qu’il ne parte : son auteur est en formation. Soumettre" in looked
    review = Review.objects.get()
    assert location == f"/reviews/{review.uuid}"
    page = words(nora.get(location))
    assert "Il attend un collègue" in page
    assert "Approuver" not in page
    for one in (path, check_of(path)):
        assert nora.get(one).headers["Location"] == location
    assert nora.post(path, WORDS | {"text": "Autre"}, headers={"HX-Request": "true"}).headers["Location"] == location
    assert written() == 0


def test_a_colleague_sees_it_as_it_will_leave_and_lets_it_leave(nora: Client, ines: Client) -> None:
    entry = a_mail()
    location = hand_in(nora, f"?answers={entry}", promise="Rappeler", due_on="20/02/2015", text="Le 3 mars : 5,00 €.")

    assert "En attente d’une relecture" in words(ines.get("/"))
    assert location in ines.get("/today/reviews").content.decode()
    page = ines.get(location)
    said = words(page)
    assert "Écrit par Nora Benali" in said
    assert "Où en est-on ?" in said
    assert "Madame, Monsieur, Le 3 mars : 5,00 €. Veuillez agréer" in said
    assert "Rappeler , 20 février 2015" in said
    assert [one.typed for one in page.context["new"]] == ["3 mars", "5,00 €"]
    [occasion] = Occasion.objects.filter(adviser_id="A-3")
    assert occasion.kind == "COLLEAGUE"
    assert Read.objects.filter(adviser_id="A-3", page="MESSAGE").count() == 1

    approved = ines.post(f"{location}/approve")

    message = Message.objects.get(written_by="adviser:A-1")
    assert approved.headers["Location"] == f"/messages/{message.uuid}"
    assert "Reprendre ce message" in words(ines.get(approved.headers["Location"]))
    assert SpokenPromise.objects.get().owner_id == "A-1"
    again = ines.post(f"{location}/approve")
    assert again.headers["Location"] == location
    assert "Inès Caron l’a approuvé" in words(ines.get(location))
    assert written() == 1


def test_sent_back_with_a_reason_its_author_reads_it_above_their_words(nora: Client, hugo: Client) -> None:
    location = hand_in(nora)
    refused = hugo.post(f"{location}/send-back", {"reason": " "})
    assert refused.status_code == 422
    assert "Dites ce qui est à changer" in words(refused)

    assert hugo.post(f"{location}/send-back", {"reason": "Plus court."}).headers["Location"] == "/"

    writing = Writing.objects.get()
    page = nora.get(f"/customers/C-2001/write/{writing.uuid}")
    assert "Hugo Marchand vous renvoie ce message" in words(page)
    assert "Plus court." in words(page)
    assert page.context["form"]["text"].value() == WORDS["text"]
    assert "aucun objet" not in words(nora.get("/"))
    assert hugo.post(f"{location}/send-back", {"reason": "x"}).headers["Location"] == location
    assert "renvoyé à son auteur" in words(hugo.get(location))
    assert written() == 0


def test_its_author_writes_on_and_a_colleague_cannot(nora: Client, hugo: Client) -> None:
    location = hand_in(nora)
    assert hugo.post(f"{location}/take-back").headers["Location"] == location
    assert Review.objects.get().state == "waiting"

    back = nora.post(f"{location}/take-back").headers["Location"]

    assert nora.get(back).context["form"]["text"].value() == WORDS["text"]
    assert "Nora Benali en poursuit l’écriture." in words(nora.get(location))
    assert nora.post(f"{location}/take-back").headers["Location"] == location


def test_a_sentence_at_a_hand_over_is_written_on_and_signed_by_the_new_owner(nora: Client, ines: Client) -> None:
    case = cards.of("C-2001")[0].reference
    typed = {"over-to": "A-2", "over-note": "x", "over-tell": "on", "over-sentence": "Ça ira."}
    nora.post(f"/cases/{case}/hand-over", typed)
    review = Review.objects.get()
    assert "Hugo Marchand" in words(nora.get(f"/reviews/{review.uuid}"))

    path = nora.post(f"/reviews/{review.uuid}/take-back").headers["Location"]

    page = nora.get(path)
    assert "Ça ira." in page.context["form"]["text"].value()
    typed = {name: page.context["form"][name].value() or "" for name in page.context["form"].fields}
    nora.post(path, typed | {"text": "Ça ira mieux.", "signer": "A-3"})
    assert page.context["form"]["case"].value() == case
    assert nora.get(check_of(path)).context["draft"].content.contact.name == "Hugo Marchand"
    location = press_send(nora, path).headers["Location"]
    ines.post(f"{location}/approve")
    message = Message.objects.get(written_by="adviser:A-1")
    assert (message.adviser, message.content["opening"]) == ("A-2", ["Ça ira mieux."])


def test_nobody_in_training_approves_and_nobody_ones_own(nora: Client, hugo: Client, settings: Settings) -> None:
    settings.APPROVE_ABOVE = Decimal(10)
    of_hugo = hand_in(hugo, text="Remboursé : 12,00 €.")
    assert "il cite un montant élevé" in words(hugo.get(of_hugo))

    assert nora.post(f"{of_hugo}/approve").status_code == 403
    assert nora.post(f"{of_hugo}/send-back", {"reason": "x"}).status_code == 403
    assert "Qui est en formation n’approuve" in words(nora.get(of_hugo))
    for deed, typed in (("approve", {}), ("send-back", {"reason": "x"})):
        own = hugo.post(f"{of_hugo}/{deed}", typed)
        assert own.status_code == 422
        assert "Vous l’avez écrit vous-même" in words(own)
    assert (Review.objects.get().state, written()) == ("waiting", 0)


def test_what_was_answered_meanwhile_is_shown_instead(nora: Client, hugo: Client, ines: Client) -> None:
    entry = a_mail()
    location = hand_in(nora, f"?answers={entry}")
    path = begin(hugo, f"?answers={entry}")
    assert "Un message écrit par Nora Benali attend une relecture" in words(hugo.get(path))
    send(hugo, path, subject="Réponse")

    late = ines.post(f"{location}/approve")

    assert late.status_code == 409
    assert "Hugo Marchand a déjà répondu" in words(late)
    assert written() == 1


def test_what_can_leave_no_more_is_said(nora: Client, hugo: Client) -> None:
    location = hand_in(nora)
    row = Review.objects.get()
    row.words["files"] = ["0" * 64]
    row.save()

    page = hugo.post(f"{location}/approve")

    assert page.status_code == 422
    assert "Il ne peut pas partir tel quel" in words(page)
    assert written() == 0


def test_a_text_message_is_seen_as_such(nora: Client, hugo: Client) -> None:
    location = hand_in(nora, channel="sms")

    assert "Tout fonctionne. Nora Benali, 01 99 00 01 01, LC-...." in words(hugo.get(location))


def test_reviews_of_nobody_are_not_found(hugo: Client) -> None:
    assert hugo.get(f"/reviews/{UUID(int=1)}").status_code == 404
    assert hugo.post(f"/reviews/{uuid4()}/approve").status_code == 404
