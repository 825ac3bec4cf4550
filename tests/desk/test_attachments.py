"""Files attached on the desk: kept with the words, seen, removed, refused in a sentence, downloaded by the customer."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from channels.samples import RECIPIENT, SENDER, in_french
from ligneclaire.channels import mailbox
from ligneclaire.channels.letter.render import render
from ligneclaire.channels.models import Enclosure, Message
from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.voice.dispatch import dispatch
from ligneclaire.voice.models import Writing
from scanner import as_page, blank
from space.conftest import a_browser_of

pytestmark = pytest.mark.django_db
WORDS = {"channel": "email", "case": "", "subject": "Le plan", "text": "Le voici."}


@pytest.fixture(autouse=True)
def outbox(settings: Settings, tmp_path: Path) -> None:
    settings.OUTBOX = tmp_path / "outbox"


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return render(in_french(), sender=SENDER, recipient=RECIPIENT)


@pytest.fixture
def path(nora: Client) -> str:
    return str(nora.get("/customers/C-2001/write").headers["Location"])


def words(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).replace("\xa0", " ").split())


def named(content: bytes, name: str) -> BytesIO:
    file = BytesIO(content)
    file.name = name
    return file


def attach(client: Client, path: str, *contents: bytes, **typed: str) -> Any:
    files = [named(content, f"plan-{place}.pdf") for place, content in enumerate(contents, start=1)]
    return client.post(path, WORDS | {"attach": "1"} | typed | {"files": files})


def send(client: Client, path: str) -> Any:
    return client.post(f"{path}/check", {"seen": client.get(f"{path}/check").context["seen"]})


def test_attached_files_stand_with_the_words_and_are_seen_before_they_leave(
    nora: Client, path: str, pdf: bytes
) -> None:
    assert attach(nora, path, pdf).headers["Location"] == path

    page = nora.get(path)
    assert page.context["form"]["subject"].value() == "Le plan"
    assert "plan-1.pdf" in words(page)
    assert "1 page · non vérifié par l’antivirus" in words(page)
    seen = nora.get(f"{path}/check")
    assert "Fichiers joints plan-1.pdf" in words(seen)
    assert nora.get(f"{path}/files/1/1.png").headers["Content-Type"] == "image/png"
    assert {nora.get(f"{path}/files/{one}.png").status_code for one in ("1/2", "2/1")} == {404}


def test_files_chosen_while_looking_go_along(nora: Client, path: str, pdf: bytes) -> None:
    looked = nora.post(path, WORDS | {"files": [named(pdf, "plan.pdf"), named(blank(), "photo.png")]})

    assert looked.headers["Location"] == f"{path}/check"
    assert "plan.pdf" in words(nora.get(f"{path}/check"))
    assert Enclosure.objects.count() == 2


def test_a_file_is_removed_again(nora: Client, path: str, pdf: bytes) -> None:
    attach(nora, path, pdf, blank())

    removed = nora.post(path, WORDS | {"detach": "1"})

    assert removed.headers["Location"] == path
    assert [row.position for row in Enclosure.objects.all()] == [2]
    assert nora.post(path, WORDS | {"detach": "²"}).headers["Location"] == path
    nora.post(path, WORDS | {"drop": "1"})
    assert (Writing.objects.count(), Enclosure.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("contents", "why"),
    [
        ([b"<html>"], "« plan-1.pdf » n’a pas été joint : Ce n’est pas un PDF, un PNG ou un JPEG"),
        ([as_page(number) for number in range(6)], "« plan-6.pdf » n’a pas été joint : Un message emporte 5 fichiers"),
    ],
)
def test_what_is_not_kept_is_said_and_the_words_stay(nora: Client, path: str, contents: list[bytes], why: str) -> None:
    refused = attach(nora, path, *contents)

    assert refused.status_code == 422
    assert why in words(refused)
    assert refused.context["form"]["text"].value() == "Le voici."
    assert Enclosure.objects.count() == len(contents) - 1


def test_too_much_together_is_said(nora: Client, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ligneclaire.voice.actions.attach_file.MOST_TOGETHER", 10)

    assert "Ensemble, ils dépassent 15 Mo." in words(attach(nora, path, blank()))


@pytest.mark.parametrize(
    ("channel", "why"),
    [
        ("sms", "Un SMS n’emporte pas de fichier"),
        ("letter", "« plan-1.pdf » ne peut pas partir avec une lettre : seuls les PDF le peuvent"),
    ],
)
def test_what_cannot_go_by_a_way_is_said_before_it_is_sent(nora: Client, path: str, channel: str, why: str) -> None:
    attach(nora, path, blank())

    refused = nora.post(path, WORDS | {"channel": channel})

    assert refused.status_code == 422
    assert why in words(refused)
    assert nora.get(f"{path}/check").headers["Location"] == path
    assert nora.post(f"{path}/check").headers["Location"] == path


@pytest.mark.parametrize("change", ["words", "files"])
def test_what_changed_since_it_was_seen_is_shown_again_and_not_sent(
    nora: Client, path: str, pdf: bytes, change: str
) -> None:
    nora.post(path, WORDS)
    seen = nora.get(f"{path}/check").context["seen"]
    if change == "files":
        attach(nora, path, pdf)
    else:
        nora.post(path, WORDS | {"text": "Ne le voici pas."}, headers={"HX-Request": "true"})

    refused = nora.post(f"{path}/check", {"seen": seen})

    assert refused.status_code == 409
    assert "Non envoyé : le texte ou les fichiers ont changé" in words(refused)
    assert Message.objects.filter(written_by="adviser:A-1").count() == 0
    assert send(nora, path).headers["Location"].startswith("/messages/")


def test_the_customer_downloads_what_was_attached_and_nobody_else(nora: Client, path: str, pdf: bytes) -> None:
    attach(nora, path, pdf)
    send(nora, path)
    message = Message.objects.latest("id")
    lenoir, aubert = a_browser_of("C-2001"), a_browser_of("C-1001")
    file = f"/espace/messages/{message.uuid}/pieces/1"
    assert lenoir.get(file).status_code == 404  # it has not left
    dispatch(message=message.uuid, by=SYSTEM, at=clock.now())

    page, got = lenoir.get(f"/espace/messages/{message.uuid}"), lenoir.get(file)

    assert "Fichiers joints plan-1.pdf" in words(page)
    assert got.content == pdf
    assert got.headers["Content-Disposition"] == 'attachment; filename="plan-1.pdf"'
    assert (got.headers["X-Content-Type-Options"], got.headers["Cache-Control"]) == ("nosniff", "private, no-store")
    assert {client.get(one).status_code for client, one in ((lenoir, f"{file}1"), (aubert, file))} == {404}
    assert nora.get(f"/messages/{message.uuid}/files/1").content == pdf
    assert nora.get(f"/messages/{message.uuid}/files/2").status_code == 404
    assert nora.get(f"/messages/{uuid4()}/files/1").status_code == 404
    (mailbox.folder() / Enclosure.objects.get().place).unlink()
    assert lenoir.get(file).status_code == 404


def test_with_a_letter_the_pages_are_in_the_letter(nora: Client, path: str, pdf: bytes) -> None:
    attach(nora, path, pdf, channel="letter")
    assert "Pages supplémentaires plan-1.pdf" in words(nora.get(f"{path}/check"))
    send(nora, path)
    message = Message.objects.latest("id")
    dispatch(message=message.uuid, by=SYSTEM, at=clock.now())

    assert "Fichiers joints" not in words(a_browser_of("C-2001").get(f"/espace/messages/{message.uuid}"))


def test_a_file_of_anothers_words_is_not_shown(hugo: Client, nora: Client, path: str, pdf: bytes) -> None:
    attach(nora, path, pdf)

    assert hugo.get(f"{path}/files/1/1.png").status_code == 404
