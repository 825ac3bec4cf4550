"""Who has two numbers has one space, by whichever of them they come; and of two people, neither keeps the other's."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from contracts.leaving import ticked
from ligneclaire.contracts.actions.request_termination import NotHeld, request_termination
from ligneclaire.contracts.actions.withdraw_termination import withdraw_termination
from ligneclaire.contracts.queries import requests
from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import Actor, ActorKind
from ligneclaire.people.models import ContactPoint, OneTimeCode, Passkey, Session
from ligneclaire.people.queries import codes, passkeys, recognised, sessions
from ligneclaire.people.rules.code import code_of
from people.persons import merge, unmerge
from space.conftest import a_browser_of, a_guest
from world import MONDAY, World

pytestmark = pytest.mark.django_db

LENOIR, PERRIN = "C-2001", "C-5001"
NOON = datetime.fromisoformat(MONDAY)


def words(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).replace("\xa0", " ").split())


def come_in(who: str, client: Client) -> str:
    """Sign in by a code; return where that led."""
    client.post("/espace/connexion", {"who": who})
    code = OneTimeCode.objects.latest("id")
    entered = client.post("/espace/connexion/code", {"code": code_of(code.uuid, key=settings.SECRET_KEY)})
    return entered.headers["Location"]


@pytest.fixture
def joined(monday: World) -> None:
    merge(PERRIN, LENOIR, at=NOON)


@pytest.mark.parametrize("who", ["perrin@example.org", "lenoir@example.org", PERRIN, LENOIR, "06 39 98 05 01"])
def test_whoever_comes_by_either_comes_to_one_space_with_everything(who: str, joined: None) -> None:
    client = a_guest()

    assert come_in(who, client) == "/espace/"

    assert "M. et Mme Lenoir" in words(client.get("/espace/"))
    contracts = words(client.get("/espace/contrats"))
    for contract in ("K-FIX-51", "K-ADSL-1", "K-FIX-3", "K-MOB-2"):
        assert contract in contracts


def test_a_merged_number_is_written_to_as_the_survivor_but_its_own_address_still_leads_in(joined: None) -> None:
    by_number, by_address = (
        recognised.by(PERRIN, region="FR", at=NOON),
        recognised.by("perrin@example.org", region="FR", at=NOON),
    )

    assert by_number
    assert (by_number.persons, by_number.destination) == ((LENOIR,), "lenoir@example.org")
    assert by_address
    assert (by_address.persons, by_address.destination) == ((PERRIN,), "perrin@example.org")


def test_who_shares_an_address_with_themself_is_not_asked_who_they_are(joined: None) -> None:
    ContactPoint.objects.filter(customer__number=PERRIN, kind="EMAIL").update(value="lenoir@example.org")

    client = a_guest()

    assert come_in("lenoir@example.org", client) == "/espace/"
    assert Session.objects.latest("id").customer_id == LENOIR
    code = OneTimeCode.objects.latest("id")
    OneTimeCode.objects.filter(uuid=code.uuid).update(ended_at=None)
    assert [(one.number, one.name) for one in codes.persons_of(code.uuid, at=clock.now())] == [
        (LENOIR, "M. et Mme Lenoir")
    ]


def test_after_the_merge_is_undone_nobody_keeps_what_is_the_others(joined: None) -> None:
    perrin, lenoir = a_browser_of(PERRIN), a_browser_of(LENOIR)
    assert "K-ADSL-1" in words(perrin.get("/espace/contrats"))

    unmerge(PERRIN, at=clock.now())

    theirs, others = words(perrin.get("/espace/contrats")), words(lenoir.get("/espace/contrats"))
    assert ("K-FIX-51" in theirs, "K-ADSL-1" in theirs) == (True, False)
    assert ("K-FIX-51" in others, "K-ADSL-1" in others) == (False, True)


def test_sessions_and_passkeys_of_both_are_listed_and_can_be_ended(joined: None) -> None:
    here, _ = a_browser_of(LENOIR), a_browser_of(PERRIN)
    mine, other = Session.objects.order_by("id")
    Passkey.objects.create(
        uuid=other.uuid, customer_id=PERRIN, credential=b"1", public_key=b"2", uses=0, name="Clé", added_at=NOON
    )

    assert [card.uuid for card in sessions.of(LENOIR, first=mine.uuid, at=NOON)] == [mine.uuid, other.uuid]
    assert [card.name for card in passkeys.of(LENOIR)] == ["Clé"]
    assert passkeys.credentials_of(LENOIR) == (b"1",)
    assert here.post("/espace/securite/sessions/autres/fin").status_code == 302
    other.refresh_from_db()
    assert other.ended_at is not None
    here.post(f"/espace/securite/cles/{other.uuid}/retrait")
    assert passkeys.of(LENOIR) == ()


def test_contracts_of_either_number_are_ended_and_taken_back_by_the_one_person(joined: None) -> None:
    by = Actor(ActorKind.CUSTOMER, LENOIR)
    declared = ticked("K-FIX-51", "K-FIX-3", customer=LENOIR)

    card = request_termination(declared=declared, by=by, at=NOON)

    assert (card.customer, sorted(end.contract for end in card.ends)) == (LENOIR, ["K-FIX-3", "K-FIX-51"])
    assert [one.reference for one in requests.of_customer(LENOIR)] == [card.reference]
    assert set(withdraw_termination(reference=card.reference, by=by, at=NOON)) == {"K-FIX-3", "K-FIX-51"}
    unmerge(PERRIN, at=clock.now())
    with pytest.raises(NotHeld):
        request_termination(declared=ticked("K-FIX-51", customer=LENOIR), by=by, at=NOON)


def test_the_pages_take_the_same_queries_for_one_number_and_for_two(
    monday: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = a_browser_of(LENOIR)
    pages = {"": 11, "contrats": 5, "messages": 3, "documents": 4, "consultations": 4, "mes-donnees": 4}

    for merged in (False, True):
        if merged:
            merge(PERRIN, LENOIR, at=clock.now())
        for page, queries in pages.items():
            with django_assert_num_queries(queries):
                assert client.get(f"/espace/{page}").status_code == 200
