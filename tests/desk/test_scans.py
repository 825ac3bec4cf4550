"""Scanned letters on the desk: the code leads to the customer, or somebody files them by hand."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from ligneclaire.cases.actions.open_cases import Need, open_cases
from ligneclaire.cases.states import CaseKind
from ligneclaire.channels import mailbox
from ligneclaire.channels.models import Entry, Message, Scan
from ligneclaire.channels.queries import messages
from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.voice.queries import letters
from people.persons import merge
from scanner import blank, clamd, scanned
from world import World

pytestmark = pytest.mark.django_db
LOG = "/customers/C-2001/log"


def words(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).replace("\xa0", " ").split())


@pytest.fixture
def letter(nora: Client) -> Message:
    """The letter of the story, which has left."""
    return Message.objects.get(channel="letter", state="sent")


@pytest.fixture
def scan(letter: Message) -> bytes:
    """That letter, as the customer sends it back with a few words on it."""
    pdf = letters.of_message(letter.uuid)
    assert pdf
    return scanned(pdf)


def hand_in(client: Client, content: bytes, name: str = "lettre.png", **given: str) -> Any:
    file = BytesIO(content)
    file.name = name
    return client.post("/scans", {"file": file, **given})


def the_scan() -> Scan:
    return Scan.objects.latest("id")


def log(client: Client, uuid: UUID, **typed: str) -> Any:
    given = {"entry": str(uuid4()), "medium": "letter", "direction": "in", "text": "Conteste la facture."}
    return client.post(LOG, {**given, "scan": str(uuid), **typed})


def test_the_code_on_a_letter_leads_to_its_customer_and_matter(nora: Client, letter: Message, scan: bytes) -> None:
    led = hand_in(nora, scan)

    uuid = the_scan().uuid
    assert led.headers["Location"] == f"/customers/C-2001/log?scan={uuid}&case={letter.case}"
    page = nora.get(led.headers["Location"])
    form = page.context["form"]
    assert (form["medium"].value(), form["direction"].value(), form["case"].value()) == ("letter", "in", letter.case)
    assert f"Référence lue sur la numérisation : {letter.case} · notre lettre : {letter.subject}" in words(page)
    assert f"/scans/{uuid}/pages/1.png" in page.content.decode()


def test_the_letter_is_shown_under_each_number_of_its_customer(
    nora: Client, letter: Message, scan: bytes, monday: World
) -> None:
    hand_in(nora, scan)
    merge("C-2001", "C-1001", at=clock.now())

    shown = [
        nora.get(f"/customers/{number}/log?scan={the_scan().uuid}", follow=True).context.get("answered")
        for number in ("C-1001", "C-3001")
    ]

    assert [one.uuid if one else None for one in shown] == [letter.uuid, None]


def test_written_down_the_letter_stands_in_the_thread_with_its_scan_once(
    nora: Client, letter: Message, scan: bytes
) -> None:
    hand_in(nora, scan)
    uuid = the_scan().uuid

    assert log(nora, uuid, case=letter.case).headers["Location"] == "/customers/C-2001"
    again = log(nora, uuid, case=letter.case)

    assert again.status_code == 422
    assert "Cette numérisation est déjà classée ou écartée." in words(again)
    [entry] = Entry.objects.all()
    assert (the_scan().entry, entry.case, entry.medium) == (entry, letter.case, "letter")
    thread = nora.get("/customers/C-2001").content.decode()
    assert f'href="/scans/{uuid}"' in thread
    assert "attend une réponse" in thread
    assert "C-2001" in nora.get(f"/scans/{uuid}").content.decode()
    assert "Aucune numérisation n’attend." in words(nora.get("/scans"))


def test_a_scan_without_a_code_is_said_plainly_and_filed_by_hand(nora: Client, letter: Message) -> None:
    led = hand_in(nora, blank())
    path = led.headers["Location"]
    assert path == f"/scans/{the_scan().uuid}"
    assert "Aucun de nos codes n’a pu y être lu." in words(nora.get(path))
    assert "lettre.png" in words(nora.get("/scans"))

    wrong = nora.post(f"{path}/file", {"number": "C-9999"})
    filed = [nora.post(f"{path}/file", {"number": number}).headers["Location"] for number in ("c-2001", letter.case)]

    assert (wrong.status_code, wrong.context["number"]) == (422, "C-9999")
    given = f"/customers/C-2001/log?scan={the_scan().uuid}"
    assert filed == [given, f"{given}&case={letter.case}"]
    assert "choisissez le dossier à la main" in words(nora.get(given))


def test_handed_in_on_the_page_of_a_customer_it_stays_with_them(nora: Client) -> None:
    assert 'name="customer" value="C-2001"' in nora.get(LOG).content.decode()

    led = hand_in(nora, blank("JPEG"), "IMG_0001.jpg", customer="C-2001")

    assert led.headers["Location"] == f"{LOG}?scan={the_scan().uuid}"
    assert (the_scan().kind, the_scan().reference, the_scan().uploaded_by) == ("image/jpeg", "", "adviser:A-1")


@pytest.mark.parametrize("content", [b"<html>", b"MZ\x90", b"%PDF-1.4 but no more"])
def test_what_is_no_scan_is_refused_whatever_its_name_says(nora: Client, content: bytes) -> None:
    refused = hand_in(nora, content, "lettre.pdf")

    assert refused.status_code == 422
    assert "Ce n’est pas un PDF, un PNG ou un JPEG" in words(refused)
    assert nora.post("/scans", {}).status_code == 422
    assert Scan.objects.count() == 0


def test_too_large_or_infected_files_are_refused(
    nora: Client, monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    settings.CLAMAV = str(tmp_path / "clamd")
    assert "Notre antivirus ne répond pas" in words(hand_in(nora, blank()))
    with clamd(tmp_path / "clamd", says=b"stream: Eicar FOUND\0"):
        assert "Notre antivirus refuse ce fichier." in words(hand_in(nora, blank()))
    monkeypatch.setattr("ligneclaire.channels.files.LARGEST", 100)
    assert "Le fichier est trop lourd" in words(hand_in(nora, blank()))
    assert Scan.objects.count() == 0


def test_a_scan_is_seen_as_a_picture_and_saved_as_it_came(nora: Client) -> None:
    hand_in(nora, blank(), 'a"b\r\nc.png')
    path = f"/scans/{the_scan().uuid}"

    picture, original = nora.get(f"{path}/pages/1.png"), nora.get(f"{path}/original")

    assert picture.headers["Content-Type"] == "image/png"
    assert original.content == blank()
    assert original.headers["Content-Disposition"].startswith("attachment; filename=")
    for response in (picture, original):
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Cache-Control"] == "no-store"
    assert nora.get(f"{path}/pages/2.png").status_code == 404
    (mailbox.folder() / the_scan().place).unlink()
    assert {nora.get(f"{path}/{part}").status_code for part in ("pages/1.png", "original")} == {404}


def test_set_aside_with_a_reason_it_waits_no_more(nora: Client) -> None:
    hand_in(nora, blank())
    path = f"/scans/{the_scan().uuid}"

    assert nora.post(f"{path}/set-aside", {"reason": " "}).status_code == 422
    assert nora.post(f"{path}/set-aside", {"reason": "Publicité"}).headers["Location"] == "/scans"
    late = nora.post(f"{path}/set-aside", {"reason": "encore"})

    assert (late.status_code, "Quelqu’un a été plus rapide" in words(late)) == (422, True)
    assert "Écartée : Publicité" in words(late)
    assert log(nora, the_scan().uuid).status_code == 422


def test_a_letter_that_came_back_is_recognised_by_its_code(nora: Client, letter: Message, scan: bytes) -> None:
    hand_in(nora, scan)
    uuid = the_scan().uuid
    path = f"/letters/returned?reference={letter.case}&scan={uuid}"
    assert path.replace("&", "&amp;") in nora.get(f"/scans/{uuid}").content.decode()
    page = nora.get(path)

    typed = {"reference": letter.case, "scan": str(uuid), "message": str(letter.uuid), "reason": "moved"}
    assert f'name="scan" value="{uuid}"' in page.content.decode()
    assert nora.post("/letters/returned", typed).headers["Location"] == "/customers/C-2001"

    card = messages.by_uuid(letter.uuid)
    assert card
    assert (card.state, the_scan().reason) == ("returned", f"{letter.case}: moved")


def test_a_return_with_a_scan_that_is_done_with_changes_nothing(nora: Client, letter: Message) -> None:
    hand_in(nora, blank())
    nora.post(f"/scans/{the_scan().uuid}/set-aside", {"reason": "Publicité"})
    typed = {"reference": letter.case, "scan": str(the_scan().uuid), "message": str(letter.uuid), "reason": "moved"}

    assert nora.post("/letters/returned", typed).status_code == 422

    letter.refresh_from_db()
    assert letter.state == "sent"


def test_once_it_is_known_whose_a_scan_is_its_pages_belong_to_a_record(nora: Client) -> None:
    hand_in(nora, blank())
    at, key = clock.now(), ("C-4001", "customer:C-4001")
    need = Need(kind=CaseKind.CONVERSATION, owner="A-2", opened_at=at)
    Scan.objects.update(reference=open_cases(needs={key: need}, by=SYSTEM, at=at)[key].reference)
    path = f"/scans/{the_scan().uuid}"

    asked = [nora.get(f"{path}{part}") for part in ("", "/pages/1.png", "/original")]
    asked += [nora.post(f"{path}/{deed}", {"reason": "x", "number": "C-4001"}) for deed in ("file", "set-aside")]

    assert ["/customers/C-4001/occasion" in page.content.decode() for page in asked] == [True] * 5
    assert the_scan().set_aside_at is None


@pytest.mark.parametrize("path", ["/scans/{}", "/scans/{}/original", f"{LOG}?scan={{}}"])
def test_an_unknown_scan_is_not_found(nora: Client, path: str) -> None:
    assert nora.get(path.format(uuid4())).status_code == 404
    assert nora.get(f"{LOG}?scan=x").status_code == 404


def test_three_scans_take_no_more_queries_than_one(
    nora: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in (1, 2, 3):
        hand_in(nora, blank())
        with django_assert_num_queries(6):  # session, login, scans, how many, operator, mode
            assert nora.get("/scans").context["count"] == number
