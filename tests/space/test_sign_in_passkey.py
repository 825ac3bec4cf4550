"""Passkeys through the doors: added by a customer, then enough to come in."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from ligneclaire.people.models import Challenge, Passkey, Session
from ligneclaire.people.queries import passkeys
from people.authenticator import Device
from space.conftest import a_guest
from world import World

pytestmark = pytest.mark.django_db
USE, ADD = "/espace/connexion/cle", "/espace/securite/cles"


def add(client: Client, device: Device, name: str = "Mon téléphone") -> int:
    answer = device.makes(client.post(f"{ADD}/options").content.decode())
    return client.post(ADD, {"answer": answer, "name": name}).status_code


def test_a_passkey_is_added_named_used_and_removed(lenoir: Client) -> None:
    device, guest = Device(), a_guest()
    assert add(lenoir, device) == 200
    assert "Votre clé d’accès est ajoutée." in lenoir.get("/espace/securite").content.decode()

    answer = device.signs(guest.post(f"{USE}/options").content.decode())
    response = guest.post(USE, {"answer": answer, "next": "/espace/contrats"})

    assert (response.status_code, response.json()) == (200, {"next": "/espace/contrats"})
    page = guest.get("/espace/securite")
    assert "M. et Mme Lenoir" in page.content.decode()
    [card] = page.context["security"].passkeys
    assert (card.name, card.used_at is not None) == ("Mon téléphone", True)
    assert lenoir.post(f"{ADD}/{card.uuid}/retrait")["Location"] == "/espace/securite"
    assert lenoir.post(f"{ADD}/{card.uuid}/retrait")["Location"] == "/espace/securite"
    assert passkeys.of("C-2001") == ()


def test_options_name_our_host_and_the_keys_that_are_there(lenoir: Client) -> None:
    add(lenoir, Device())

    options = json.loads(lenoir.post(f"{ADD}/options").content)

    assert (options["rp"], options["user"]["name"]) == (
        {"name": "Télécom Ligne Claire", "id": "testserver"},
        "M. et Mme Lenoir",
    )
    assert len(options["excludeCredentials"]) == 1


@pytest.mark.parametrize(("name", "status", "kept"), [(" ", 200, ["Clé d’accès"]), ("\x00", 422, [])])
def test_a_passkey_has_a_name_of_its_own_or_ours(lenoir: Client, name: str, status: int, kept: list[str]) -> None:
    assert add(lenoir, Device(), name) == status
    assert [card.name for card in passkeys.of("C-2001")] == kept


@pytest.mark.parametrize("answer", ["", "{}", "x"])
def test_what_a_browser_makes_up_is_refused(lenoir: Client, answer: str) -> None:
    lenoir.post(f"{ADD}/options")
    assert lenoir.post(ADD, {"answer": answer}).status_code == 422
    guest = a_guest()
    assert guest.post(USE, {"answer": answer}).status_code == 422
    guest.post(f"{USE}/options")
    assert guest.post(USE, {"answer": answer}).status_code == 422
    assert (Passkey.objects.count(), Session.objects.count()) == (0, 1)


def test_a_passkey_of_a_stranger_is_refused_like_a_wrong_signature(monday: World, lenoir: Client) -> None:
    known, unknown, guest = Device(), Device(name=b"other"), a_guest()
    add(lenoir, known)
    unknown.handle, known.origin = known.handle, "http://elsewhere"
    answers = []
    for device in (known, unknown):
        response = guest.post(
            USE, {"answer": device.signs(guest.post(f"{USE}/options").content.decode()), "next": "/espace/"}
        )
        answers.append((response.status_code, response.content))

    assert answers == [(422, b"{}")] * 2


def test_nobody_removes_the_passkey_of_somebody_else(lenoir: Client, aubert: Client) -> None:
    add(lenoir, Device())
    [card] = passkeys.of("C-2001")

    assert aubert.post(f"{ADD}/{card.uuid}/retrait").status_code == 302
    assert passkeys.of("C-2001") == (card,)


def test_what_to_sign_is_kept_for_one_answer_only(lenoir: Client) -> None:
    lenoir.post(f"{ADD}/options")
    add(lenoir, Device())

    assert Challenge.objects.count() == 1
