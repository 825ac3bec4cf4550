"""Calls and visits written down on the desk, and the promises in them."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from ligneclaire.channels.models import Entry
from ligneclaire.promises.models import SpokenPromise
from ligneclaire.promises.queries import spoken
from world import World

pytestmark = pytest.mark.django_db

LOG = "/customers/C-2001/log"
CALL = {"medium": "call", "direction": "in", "text": "Demande où en est son dossier."}
PROMISE = {"promise": "Rappeler avec la date", "due_on": "18 février 2015", "at_time": "14h30"}


def words(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).replace("\xa0", " ").split())


def log(client: Client, **typed: str) -> Any:
    return client.post(LOG, {"entry": str(uuid4()), **CALL, **typed})


def promised(client: Client, **typed: str) -> str:
    log(client, **{**PROMISE, **typed})
    uuid = SpokenPromise.objects.order_by("-id").values_list("uuid", flat=True)[0]
    return f"/customers/C-2001/promises/{uuid}"


def test_a_call_is_written_down_and_stands_in_the_thread(nora: Client) -> None:
    page = nora.get(LOG)
    assert page.context["form"]["case"].value() in ("", None)
    assert "Résiliation, LC-" in page.content.decode()

    sent = log(nora, **PROMISE)

    assert sent.headers["Location"] == "/customers/C-2001"
    shown = words(nora.get("/customers/C-2001"))
    assert "Le client a appelé Nora Benali · lundi 16 février, 10:00" in shown
    assert "Demande où en est son dossier. Promis : Rappeler avec la date , 18 février 2015, 14:30" in shown
    assert "Rappeler avec la date 18 février 2015, 14:30 en cours Nora Benali" in shown


def test_a_form_sent_twice_is_one_call(nora: Client) -> None:
    entry = str(uuid4())
    for _ in range(2):
        log(nora, entry=entry)

    assert Entry.objects.count() == 1


def test_what_happened_before_has_its_day_and_hour(nora: Client) -> None:
    log(nora, happened_on="14/2/15", happened_time="9 h 15")
    log(nora, happened_on="13/02/2015")
    log(nora, happened_time="08:30")

    times = [f"{entry.happened_at:%d %H:%M}" for entry in Entry.objects.order_by("id")]
    assert times == ["14 08:15", "13 11:00", "16 07:30"]  # UTC


@pytest.mark.parametrize(
    ("typed", "faults"),
    [
        ({"text": " "}, {"text": ["Dites en une phrase ce qui s’est dit."]}),
        ({"promise": "Rappeler"}, {"due_on": ["Dites pour quel jour\u00a0: une promesse a une date."]}),
        ({"due_on": "18/02/2015"}, {"promise": ["Dites ce que vous avez promis."]}),
        ({"promise": "x", "due_on": "demain"}, {"due_on": ["Écrivez le jour ainsi\u00a0: 31/01/2027."]}),
        (PROMISE | {"at_time": "midi"}, {"at_time": ["Écrivez l’heure ainsi\u00a0: 14:30."]}),
        (PROMISE | {"due_on": "15/02/2015"}, {"due_on": ["Ce jour est passé\u00a0: promettez-en un à venir."]}),
        ({"happened_on": "17/02/2015"}, {"happened_on": ["C’est dans l’avenir."]}),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(
    nora: Client, typed: dict[str, str], faults: dict[str, list[str]]
) -> None:
    page = log(nora, **typed)

    assert (page.status_code, page.context["form"].errors) == (422, faults)
    assert "".join(f'<a class="alert-link" href="#id_{name}">' for name in faults) in page.content.decode()
    assert page.content.decode().count(" autofocus") == 1
    for name, value in ({"text": CALL["text"]} | typed).items():
        assert page.context["form"][name].value() == value
    assert (Entry.objects.count(), SpokenPromise.objects.count()) == (0, 0)


def test_what_is_promised_by_today_stands_on_today_mine_first(nora: Client, hugo: Client) -> None:
    log(hugo, promise="De Hugo", due_on="16/02/2015", at_time="9h")
    log(hugo, promise="Autre de Hugo", due_on="16/02/2015")
    log(nora, promise="De Nora", due_on="16/02/2015")
    log(nora, promise="Demain", due_on="17/02/2015")

    page = nora.get("/")

    lists = page.context["lists"]
    assert [one.text for one in lists["promises"].rows] == ["De Nora", "Autre de Hugo"]
    assert [(one.text, one.at_time.isoformat()) for one in lists["callbacks"].rows] == [("De Hugo", "09:00:00")]
    assert "Promis pour aujourd’hui" in words(page)


def test_a_promise_is_done(nora: Client) -> None:
    path = promised(nora)
    assert "Promis par Nora Benali pour le 18 février 2015 , 14:30" in words(nora.get(path))

    nora.post(f"{path}/done", {"note": "Jointe à 14 h"})

    assert "tenue" in words(nora.get(path))
    assert "Promesse close Rappeler avec la date (tenue)" in words(nora.get("/customers/C-2001"))
    again = nora.post(f"{path}/done", {})
    assert again.status_code == 422
    assert "déjà dit ce qu’il en est" in words(again)


def test_a_promise_moves_when_the_customer_was_told(nora: Client) -> None:
    path = promised(nora)
    telling = {"entry": str(uuid4()), "medium": "sms", "text": "Prévenue.", "due_on": "20/02/2015", "at_time": ""}

    missing = nora.post(f"{path}/postpone", telling | {"due_on": ""})
    past = nora.post(f"{path}/postpone", telling | {"due_on": "12/02/2015"})
    moved = nora.post(f"{path}/postpone", telling)

    assert missing.context["postponement"].errors == {"due_on": ["Dites le jour qui a été annoncé au client."]}
    assert past.context["postponement"].errors == {"due_on": ["Ce jour est passé\u00a0: promettez-en un à venir."]}
    assert moved.headers["Location"] == "/customers/C-2001"
    assert [(card.due_on.day, card.state) for card in spoken.of(["C-2001"], limit=5)] == [(20, "open"), (18, "moved")]
    assert "Reportée au 20 février 2015." in words(nora.get(path))
    late = nora.post(f"{path}/postpone", telling | {"entry": str(uuid4())})
    assert (late.status_code, late.context["came_too_late"]) == (422, True)


def test_too_long_a_note_is_said_and_kept(nora: Client) -> None:
    path = promised(nora)

    page = nora.post(f"{path}/done", {"note": "x" * 501})

    assert page.status_code == 422
    assert page.context["done"]["note"].value() == "x" * 501


def test_pages_of_nobody_are_not_found(nora: Client, monday: World) -> None:
    path = promised(nora)
    for wrong in ("/customers/C-0/log", path.replace("C-2001", "C-1001"), f"/customers/C-2001/promises/{uuid4()}"):
        assert nora.get(wrong).status_code == 404
