"""Customers ask in their space for everything that is held about them, and download it there, alone, for a week."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from ligneclaire.ops.tasks import prepare_record_copies
from ligneclaire.people import copies
from ligneclaire.people.models import RecordCopy, RecordFetch
from people.persons import merge, unmerge
from space.conftest import a_browser_of
from world import MONDAY, World

pytestmark = pytest.mark.django_db
PAGE, FILE = "/espace/mes-donnees", "/espace/mes-donnees/fichier"
AT = datetime.fromisoformat(MONDAY)
Clock = Callable[[datetime], None]


@pytest.fixture(autouse=True)
def _folder(settings: Settings, tmp_path: Path) -> None:
    settings.VAR = tmp_path


def state(client: Client) -> str | None:
    said: str | None = client.get(PAGE).context["state"]
    return said


def test_a_file_is_asked_for_prepared_downloaded_and_gone_after_a_week(lenoir: Client, clock_at: Clock) -> None:
    assert state(lenoir) is None
    assert lenoir.post(PAGE, {"word": "yes"}).headers["Location"] == PAGE
    assert state(lenoir) == "being prepared"

    prepare_record_copies(0)

    assert state(lenoir) == "ready"
    assert "Vous pouvez le télécharger jusqu’au 23 février 2015" in lenoir.get(PAGE).content.decode()
    file = lenoir.post(FILE)
    assert (file.status_code, file.headers["Content-Type"]) == (200, "application/zip")
    assert file.headers["Content-Disposition"] == 'attachment; filename="mes-donnees.zip"'
    assert file.headers["Cache-Control"] == "private, no-store"
    assert "donnees/datapackage.json" in ZipFile(BytesIO(file.content)).namelist()

    clock_at(AT + timedelta(days=8))
    assert state(lenoir) == "over"
    assert lenoir.post(FILE).headers["Location"] == PAGE
    prepare_record_copies(0)
    assert list(copies.folder().iterdir()) == []
    lenoir.post(PAGE)
    assert state(lenoir) == "being prepared"


def test_there_is_one_at_a_time(lenoir: Client) -> None:
    lenoir.post(PAGE)
    again = lenoir.post(PAGE, follow=True)

    assert [str(said) for said in again.context["messages"]] == [
        "Votre fichier est déjà demandé\u00a0: il n’y en a qu’un à la fois."
    ]
    prepare_record_copies(0)
    lenoir.post(PAGE)
    assert RecordCopy.objects.count() == 1


def test_nobody_else_gets_it_and_it_has_no_address_of_its_own(lenoir: Client, aubert: Client) -> None:
    lenoir.post(PAGE)
    prepare_record_copies(0)
    [copy] = RecordCopy.objects.all()

    assert lenoir.get(FILE).status_code == 405
    assert aubert.post(FILE).headers["Location"] == PAGE
    assert Client().post(FILE).headers["Location"].startswith("/espace/connexion")
    assert str(copy.uuid) not in lenoir.get(PAGE).content.decode()
    assert state(aubert) is None
    assert RecordFetch.objects.count() == 0


def test_each_download_stands_among_the_readings_that_the_customer_sees(lenoir: Client, aubert: Client) -> None:
    lenoir.post(PAGE)
    prepare_record_copies(0)
    before = lenoir.get("/espace/consultations").content.decode()

    lenoir.post(FILE)

    after = lenoir.get("/espace/consultations").content.decode()
    assert "Vos propres téléchargements" not in before
    assert "Vos propres téléchargements" in after
    assert [fetch.device for fetch in lenoir.get(PAGE).context["fetches"]] == [RecordFetch.objects.get().session.device]
    assert "Vos propres téléchargements" not in aubert.get("/espace/consultations").content.decode()


def test_a_file_with_the_data_of_somebody_who_proved_to_be_another_is_handed_out_no_more(
    monday: World, lenoir: Client
) -> None:
    merge("C-5001", "C-2001", at=AT)
    lenoir.post(PAGE)
    prepare_record_copies(0)
    assert state(lenoir) == "ready"

    unmerge("C-5001", at=AT)

    assert state(lenoir) == "over"
    assert lenoir.post(FILE).headers["Location"] == PAGE
    assert state(a_browser_of("C-5001")) is None


def test_a_file_that_is_lost_is_said_to_be_missing(lenoir: Client) -> None:
    lenoir.post(PAGE)
    prepare_record_copies(0)
    copies.drop(RecordCopy.objects.values_list("uuid", flat=True))

    assert lenoir.post(FILE).status_code == 404
