"""Writing to a customer from the desk: kept as typed, seen as it will leave, sent once, taken back."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from incoming import an_email
from ligneclaire.cases.actions.receive_mail import receive_mail
from ligneclaire.channels.actions.record_entry import Said, record_entry
from ligneclaire.channels.models import Message
from ligneclaire.channels.queries import entries
from ligneclaire.channels.states import Direction, Medium
from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.promises.models import SpokenPromise
from ligneclaire.voice.models import Writing

pytestmark = pytest.mark.django_db

WORDS = {"channel": "email", "case": "", "subject": "Votre question", "text": "Tout fonctionne."}


def words(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).replace("\xa0", " ").split())


def begin(client: Client, query: str = "", customer: str = "C-2001") -> str:
    return str(client.get(f"/customers/{customer}/write{query}").headers["Location"])


def check_of(path: str) -> str:
    return path.replace("?", "/check?") if "?" in path else f"{path}/check"


def press_send(client: Client, path: str) -> Any:
    """Look at the message, and send what was seen."""
    looked = client.get(check_of(path))
    seen = looked.context["seen"] if looked.context else ""
    return client.post(check_of(path), {"seen": seen})


def send(client: Client, path: str, **typed: str) -> Any:
    client.post(path, WORDS | typed)
    return press_send(client, path)


def a_mail(text: str = "Où en est-on ?") -> UUID:
    uuid, at = uuid4(), clock.now()
    said = Said(customer="C-2001", case="", medium=Medium.EMAIL, direction=Direction.IN, text=text, happened_at=at)
    record_entry(uuid=uuid, said=said, by=Actor(ActorKind.CUSTOMER, "C-2001"), at=at)
    return uuid


def test_an_adviser_writes_looks_and_sends(nora: Client) -> None:
    path = begin(nora)
    assert "Salutation, signature" in words(nora.get(path))

    assert nora.post(path, WORDS).headers["Location"] == check_of(path)
    seen = words(nora.get(check_of(path)))
    sent = press_send(nora, path)

    assert "Madame, Monsieur, Tout fonctionne. Veuillez agréer" in seen
    assert "lenoir@example.org" in seen
    message = Message.objects.latest("id")
    assert sent.headers["Location"] == f"/messages/{message.uuid}"
    assert "Reprendre ce message" in words(nora.get(sent.headers["Location"]))
    assert Writing.objects.count() == 0
    for page in (path, check_of(path)):
        assert nora.get(page).headers["Location"] == f"/messages/{message.uuid}"
    assert "Votre question" in words(nora.get("/customers/C-2001"))


def test_a_letter_and_a_text_message_are_seen_as_such(nora: Client) -> None:
    path = begin(nora)
    nora.post(path, WORDS | {"channel": "sms"})

    assert "Tout fonctionne. Nora Benali, 01 99 00 01 01, LC-.... 1 SMS" in words(nora.get(check_of(path)))


def test_what_is_typed_is_kept_and_thrown_away_only_by_its_writer(nora: Client) -> None:
    path = begin(nora)

    kept = nora.post(path, WORDS | {"subject": "", "text": "Bonj"}, headers={"HX-Request": "true"})

    assert kept.status_code == 204
    assert nora.get(path).context["form"]["text"].value() == "Bonj"
    assert "aucun objet encore" in words(nora.get("/"))
    assert nora.get(check_of(path)).headers["Location"] == path
    nora.post(path, {"drop": "1"})
    assert Writing.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "faults"),
    [
        ({"subject": ""}, {"subject": ["Dites en quelques mots de quoi il s’agit."]}),
        ({"text": " "}, {"text": ["Écrivez d’abord quelque chose."]}),
        ({"promise": "Rappeler"}, {"due_on": ["Dites pour quel jour\u00a0: une promesse a une date."]}),
    ],
)
def test_what_is_wrong_stands_beside_its_field(nora: Client, typed: dict[str, str], faults: dict[str, Any]) -> None:
    page = nora.post(begin(nora), WORDS | typed)

    assert (page.status_code, page.context["form"].errors) == (422, faults)
    assert Message.objects.filter(written_by="adviser:A-1").count() == 0


def test_a_promise_for_the_past_is_refused_and_the_words_stay(nora: Client) -> None:
    page = send(nora, begin(nora), promise="Rappeler", due_on="12/02/2015")

    assert page.status_code == 422
    assert page.context["form"].errors == {"due_on": ["Ce jour est passé\u00a0: promettez-en un à venir."]}
    assert page.context["form"]["text"].value() == WORDS["text"]


def test_what_was_never_told_is_named_before_it_leaves(nora: Client) -> None:
    path = begin(nora)
    text = "Remboursé : 12,00 €, le 20/02/2015 puis le 3 mars."
    nora.post(path, WORDS | {"text": text, "promise": "Rappeler", "due_on": "20/02/2015"})

    page = nora.get(check_of(path))

    assert [one.typed for one in page.context["new"]] == ["12,00 €", "3 mars"]
    assert "Le client ne l’a jamais appris : 12,00 € , 3 mars ." in words(page)
    press_send(nora, path)
    assert [promise.text for promise in SpokenPromise.objects.all()] == ["Rappeler"]


@pytest.mark.parametrize(
    ("typed", "promised"),
    [
        ("20 février", ("Je vous rappelle le 20 février.", "20/02/2015")),
        ("12,00 €", ("Nous remboursons 12,00 € le 3 mars !", "03/03/2015")),
    ],
)
def test_a_date_or_an_amount_that_was_typed_is_made_a_promise_in_one_touch(
    nora: Client, typed: str, promised: tuple[str, str]
) -> None:
    path = begin(nora)
    nora.post(path, WORDS | {"text": "Je vous rappelle le 20 février. Nous remboursons 12,00 € le 3 mars !"})
    assert [one.typed for one in nora.get(check_of(path)).context["new"]] == ["20 février", "12,00 €", "3 mars"]

    taken = nora.post(check_of(path), {"promise": typed})

    assert taken.headers["Location"] == check_of(path)
    given = nora.get(check_of(path)).context["promise"]
    assert (given.text, f"{given.due_on:%d/%m/%Y}") == promised
    press_send(nora, path)
    assert [promise.text for promise in SpokenPromise.objects.all()] == [promised[0]]


def test_an_amount_without_a_day_is_asked_for_its_day(nora: Client) -> None:
    path = begin(nora)
    nora.post(path, WORDS | {"text": "Remboursé : 12,00 €."})

    assert nora.post(check_of(path), {"promise": "12,00 €"}).headers["Location"] == f"{path}#id_due_on"
    assert nora.get(path).context["form"]["promise"].value() == "Remboursé : 12,00 €."
    nora.post(path, WORDS | {"text": "Remboursé : 12,00 €."})
    nora.post(check_of(path), {"promise": "13,00 €"})  # which stands nowhere
    assert nora.get(path).context["form"]["promise"].value() == ""


def test_an_answer_bears_the_subject_of_what_it_answers(nora: Client) -> None:
    raw = an_email(Subject="RE: Ma ligne")
    received = receive_mail(raw=raw, envelope=None, by=SYSTEM, at=clock.now()).mail
    path = begin(nora, f"?answers={received}")

    page = nora.get(path)

    assert page.context["form"]["subject"].value() == "Re\u00a0: Ma ligne"
    assert "RE: Ma ligne" in words(page)
    assert "Ce que vous promettez" in words(page)
    nora.post(path, WORDS)
    assert nora.get(path).context["form"]["subject"].value() == WORDS["subject"]


def test_a_message_is_taken_back_into_its_words(nora: Client) -> None:
    entry = a_mail()
    sent = send(nora, begin(nora, f"?answers={entry}"))
    assert "Reprendre ce message encore 30 s" in words(nora.get(sent.headers["Location"]))

    undone = nora.post(f"{sent.headers['Location']}/undo")

    assert undone.headers["Location"].endswith(f"?answers={entry}")
    page = nora.get(undone.headers["Location"])
    assert page.context["form"]["text"].value() == "Tout fonctionne."
    assert "Reprendre ce message" not in words(nora.get(sent.headers["Location"]))
    again = nora.post(f"{sent.headers['Location']}/undo")
    assert again.headers["Location"] == sent.headers["Location"]
    assert nora.post(f"/messages/{uuid4()}/undo").status_code == 404
    plain = send(nora, begin(nora))
    assert "answers" not in nora.post(f"{plain.headers['Location']}/undo").headers["Location"]


def test_what_a_customer_wrote_waits_until_it_is_answered(nora: Client, hugo: Client) -> None:
    entry = a_mail()
    assert [one.uuid for one in nora.get("/").context["lists"]["entries"].rows] == [entry]
    assert f"write?answers={entry}" in nora.get("/customers/C-2001").content.decode()
    mine, theirs = begin(nora, f"?answers={entry}"), begin(hugo, f"?answers={entry}")
    hugo.post(theirs, WORDS | {"text": "De Hugo"})

    page = nora.get(mine)
    assert "Où en est-on ?" in words(page)
    assert "Hugo Marchand écrit à ce client" in words(page)
    send(nora, mine)
    second = press_send(hugo, theirs)

    assert (second.status_code, Message.objects.filter(answers=entry).count()) == (409, 1)
    assert "Pas envoyé : Nora Benali a déjà répondu." in words(second)
    assert "Nora Benali a déjà répondu" in words(hugo.get(theirs))
    assert hugo.get(theirs).context["form"]["text"].value() == "De Hugo"
    assert nora.get("/").context["lists"]["entries"].total == 0


def test_no_answer_is_needed_when_somebody_says_why(nora: Client) -> None:
    entry = a_mail()
    path = f"/customers/C-2001/entries/{entry}/no-answer"

    missing = nora.post(path, {"reason": ""})
    done = nora.post(path, {"reason": "Publicité"})
    again = nora.post(path, {"reason": "Publicité"})

    assert (missing.status_code, done.status_code, again.status_code) == (422, 302, 302)
    assert "Dites pourquoi, en une phrase que d’autres comprendront." in words(missing)
    assert not entries.is_waiting(entry)


def test_nobody_writes_in_the_words_of_another(nora: Client, hugo: Client) -> None:
    path = begin(nora)
    nora.post(path, WORDS)

    page = hugo.post(path, WORDS | {"text": "De Hugo"})

    assert page.status_code == 409
    assert page.context["form"]["text"].value() == "De Hugo"
    assert hugo.get(path).context["form"]["text"].value() in ("", None)


def test_pages_of_nobody_are_not_found(nora: Client) -> None:
    path = begin(nora)
    nora.post(path, WORDS)
    entry = a_mail()
    for wrong in (
        path.replace("C-2001", "C-1001"),
        f"/customers/C-0/write/{uuid4()}",
        f"/customers/C-1001/write/{uuid4()}?answers={entry}",
        f"/customers/C-2001/write/{uuid4()}?answers=x",
        f"/customers/C-2001/write/{uuid4()}?answers={uuid4()}",
    ):
        assert nora.get(wrong).status_code == 404
    assert nora.post(f"/customers/C-1001/entries/{entry}/no-answer", {"reason": "x"}).status_code == 404
