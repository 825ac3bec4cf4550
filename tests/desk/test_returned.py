"""Letters that came back, written down on the desk, and the address that a person confirms."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from ligneclaire.channels.models import Message
from ligneclaire.channels.states import Channel
from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.people.models import ContactPoint
from ligneclaire.voice.actions.write_message import Words, write_message
from ligneclaire.voice.dispatch import dispatch
from world import World

pytestmark = pytest.mark.django_db
NORA, HUGO = Actor(ActorKind.ADVISER, "A-1"), Actor(ActorKind.ADVISER, "A-2")
ADDRESS = "/customers/C-2001/address"


def words(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).replace("\xa0", " ").split())


@pytest.fixture
def letter(nora: Client) -> Message:
    """A letter of Nora's that has left."""
    a_letter()
    return Message.objects.latest("id")


def a_letter(customer: str = "C-2001", *, by: Actor = NORA, leaves: bool = True) -> UUID:
    uuid, at = uuid4(), clock.now()
    given = Words(customer=customer, channel=Channel.LETTER, subject="Votre question", text="Oui.")
    write_message(message=uuid, words=given, by=by, at=at)
    if leaves:
        assert dispatch(message=uuid, by=SYSTEM, at=at)
    return uuid


def comes_back(client: Client, letter: Message, **typed: str) -> Any:
    given = {"reference": letter.case, "message": str(letter.uuid), "reason": "moved"}
    return client.post("/letters/returned", given | typed)


def test_by_its_reference_the_letter_is_found_and_its_return_written_down(nora: Client, letter: Message) -> None:
    assert f'href="/letters/returned?reference={letter.case}"' in nora.get(f"/messages/{letter.uuid}").content.decode()
    found = nora.get("/letters/returned", {"reference": letter.case.lower().replace("-", " ")})
    assert "16 février 2015 · Votre question" in words(found)

    done = comes_back(nora, letter)

    assert done.headers["Location"] == "/customers/C-2001"
    page = words(nora.get("/customers/C-2001"))
    assert "une lettre est revenue : confirmer l’adresse" in page
    assert "revenue" in page
    today = words(nora.get("/"))
    assert "La Poste dit : a déménagé. Confirmer ou changer l’adresse" in today
    assert "Renvoyer à l’adresse" not in today
    assert "La Poste dit : a déménagé." in words(nora.get(f"/messages/{letter.uuid}"))


@pytest.mark.parametrize("typed", ["", "LC-0000-0000", "pas une référence"])
def test_an_unknown_reference_is_said_plainly(nora: Client, letter: Message, typed: str) -> None:
    looked, sent = nora.get("/letters/returned", {"reference": typed}), comes_back(nora, letter, reference=typed)

    assert looked.status_code == 200
    assert sent.status_code == (422 if typed else 200)
    assert ("Aucune lettre n’est partie sous la référence" in words(looked)) is bool(typed)
    letter.refresh_from_db()
    assert letter.state == "sent"


def test_what_cannot_be_is_refused_and_nothing_changes(nora: Client, letter: Message) -> None:
    for typed in ({"reason": ""}, {"reason": "eaten"}, {"message": str(uuid4())}, {"message": "x"}):
        assert comes_back(nora, letter, **typed).status_code == 422
    letter.refresh_from_db()
    assert letter.state == "sent"

    comes_back(nora, letter)
    again = comes_back(nora, letter)

    assert again.status_code == 422
    assert "Cette lettre était déjà revenue." in words(again)


def test_whoever_has_nothing_in_hand_is_asked_first(nora: Client, monday: World) -> None:
    a_letter("C-4001", by=HUGO)
    letter = Message.objects.latest("id")

    asked = [nora.get("/letters/returned", {"reference": letter.case}), comes_back(nora, letter)]
    asked += [nora.get("/customers/C-4001/address"), nora.post("/customers/C-4001/address", {"lines": "A\nB"})]

    assert ["/customers/C-4001/occasion" in page.content.decode() for page in asked] == [True] * 4
    letter.refresh_from_db()
    assert letter.state == "sent"


def test_an_address_is_confirmed_as_it_is_or_as_the_customer_says(nora: Client, letter: Message) -> None:
    comes_back(nora, letter)
    page = nora.get(ADDRESS)
    assert "depuis le 16 février 2015, 10:00, aucune lettre ne part à cette adresse" in words(page)
    assert nora.get("/customers/C-2001/write", follow=True).context["form"].fields["channel"].choices[0][0] == "email"

    done = nora.post(ADDRESS, {"lines": " M et Mme LENOIR \r\n3  RUE NEUVE\r\n\r\n33000 BORDEAUX"})

    assert done.headers["Location"] == "/customers/C-2001"
    point = ContactPoint.objects.get(customer__number="C-2001", kind="ADDRESS")
    assert (point.lines, point.verified) == (["M et Mme LENOIR", "3 RUE NEUVE", "33000 BORDEAUX"], True)
    assert "une lettre est revenue : confirmer" not in words(nora.get("/customers/C-2001"))


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ("", "Écrivez l’adresse."),
        ("LENOIR", "Au moins un nom et une ville."),
        ("A\nB\nC\nD\nE\nF\nG", "Six lignes au plus."),
        ("LENOIR\n" + "x" * 39, "Cette ligne est trop longue pour une enveloppe : " + "X" * 39),
    ],
)
def test_an_address_that_fits_on_no_envelope_is_refused(nora: Client, lines: str, fault: str) -> None:
    refused = nora.post(ADDRESS, {"lines": lines})

    assert refused.status_code == 422
    assert fault in words(refused)


def test_without_an_address_there_is_none_to_confirm(nora: Client) -> None:
    ContactPoint.objects.filter(kind="ADDRESS").delete()

    assert "Ce client n’a pas d’adresse postale." in words(nora.post(ADDRESS, {"lines": "A\nB"}))
    assert nora.get("/customers/C-9999/address").status_code == 404


def test_a_letter_that_was_held_back_is_sent_again_after_the_confirmation_only(nora: Client, letter: Message) -> None:
    held = a_letter(leaves=False)
    comes_back(nora, letter)
    dispatch(message=held, by=SYSTEM, at=clock.now())

    assert "Retenu : un message précédent est revenu de cette adresse." in words(nora.get("/"))
    refused = nora.post(f"/messages/{held}/send-again")
    assert refused.status_code == 422
    assert "confirmez-la ou changez-la d’abord" in words(refused)
    reprint = nora.post(f"/messages/{letter.uuid}/print-again", {"reason": "x"})
    assert "Elle est revenue : confirmez d’abord l’adresse" in words(reprint)

    nora.post(ADDRESS, {"lines": "\n".join(ContactPoint.objects.get(customer__number="C-2001", kind="ADDRESS").lines)})

    assert nora.post(f"/messages/{held}/send-again").headers["Location"] == "/"
    assert Message.objects.get(uuid=held).state == "queued"
