"""Nobody sees or changes anything of somebody else: every address of the space is tried."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from django.test import Client
from django.urls import URLPattern

from ligneclaire.channels.models import Message
from ligneclaire.channels.queries import messages
from ligneclaire.people.models import Consent, Customer, OneTimeCode, Passkey, Session
from ligneclaire.space import urls
from ligneclaire.voice.queries import papers
from people.authenticator import Device
from space.conftest import a_browser_of, a_guest
from space.moving import MOVING
from space.test_sign_in_passkey import add
from world import World

pytestmark = pytest.mark.django_db
ROUTES = sorted(
    str(pattern.pattern)
    for pattern in urls.urlpatterns
    if isinstance(pattern, URLPattern) and str(pattern.pattern).startswith("espace")
)
OPEN_TO_GUESTS = {"/espace": 302, "/espace/connexion": 200}
ENTERED = {"answer": "no", "language": "en", "name": "mine", "person": "C-2001", "code": "000000", "next": "/espace/"}


class Theirs(NamedTuple):
    """What belongs to the Lenoirs, by the part of an address that would name it."""

    message: str
    session: str
    passkey: str
    contract: str
    hand_over: str
    move: str

    def paths(self) -> list[str]:
        """Every address of the space with their identifiers in it."""
        known = {
            "<uuid:uuid>": [self.message, self.session, self.passkey],
            "<str:contract>": [self.contract],
            "<int:number>": [self.hand_over],
            "<uuid:form>": [self.move],
        }
        paths = []
        for route in (route.replace("<int:position>", "1") for route in ROUTES):
            [(part, names)] = [item for item in known.items() if item[0] in route] or [("", [""])]
            paths += [f"/{route.replace(part, name) if part else route}" for name in names]
        return paths


@pytest.fixture
def theirs(lenoir: Client, monday: World) -> Theirs:
    add(lenoir, Device())
    monday.department("shop").states("equipment.received", ["box"])
    monday.it_is("2015-02-16T10:00:01+01:00")
    [card] = messages.of(["C-2001"])
    [session], [passkey] = Session.objects.all(), Passkey.objects.all()
    [hand_over] = papers.hand_overs(["C-2001"])
    return Theirs(
        str(card.uuid), str(session.uuid), str(passkey.uuid), "K-ADSL-1", str(hand_over.number), moved(lenoir)
    )


def moved(lenoir: Client) -> str:
    """The form with which the Lenoirs have a line moved."""
    form = lenoir.get("/espace/demenager").headers["Location"]
    lenoir.post(form, MOVING | {"contract": "K-FIX-3", "wished_on": "2015-03-16"})
    lenoir.post(f"{form}/resume")
    assert lenoir.get(f"{form}/demande").status_code == 200
    return form.rpartition("/")[2]


def everything() -> list[list[object]]:
    """All rows that a customer could change."""
    rows = (Customer, Session, Passkey, Consent, Message)
    return [list(model.objects.order_by("pk").values_list()) for model in rows]


def test_a_customer_sees_nothing_of_another(theirs: Theirs) -> None:
    aubert = a_browser_of("C-3001")
    signs = {"Lenoir", "C-2001", *theirs} - {theirs.hand_over} | {f"/{theirs.hand_over}/"}  # a number stands anywhere
    leaks, statuses = [], {}
    for path in theirs.paths():
        response = aubert.get(path)
        statuses[path] = response.status_code
        leaks += [(path, sign) for sign in signs if sign in response.content.decode()]

    assert leaks == []
    assert {statuses[path] for path in theirs.paths() if any(uuid in path for uuid in theirs)} == {404, 405}
    assert statuses["/espace/messages"] == 200


def test_a_customer_changes_nothing_of_another(theirs: Theirs) -> None:
    aubert = a_browser_of("C-3001")
    named = [path for path in theirs.paths() if any(uuid in path for uuid in theirs)]
    before = everything()

    statuses = {aubert.post(path, ENTERED).status_code for path in named}

    assert everything() == before
    assert statuses == {302, 404, 405}


@pytest.mark.parametrize("who", ["guest", "adviser"])
def test_guests_and_advisers_see_and_change_nothing(theirs: Theirs, nora: Client, who: str) -> None:
    client = nora if who == "adviser" else a_guest()
    before = everything()
    for path in theirs.paths():
        response = client.get(path)
        expected = OPEN_TO_GUESTS.get(path)
        is_refused = response.status_code == 405 or response.headers.get("Location", "").startswith("/espace/connexion")
        assert response.status_code == expected if expected else is_refused, path
        assert "Lenoir" not in response.content.decode()
        client.post(path, ENTERED)

    assert everything() == before


def test_a_letter_of_somebody_else_is_not_there(theirs: Theirs, monday: World) -> None:
    assert a_browser_of("C-2001").get(f"/espace/messages/{theirs.message}/lettre.pdf").status_code == 200
    assert a_browser_of("C-3001").get(f"/espace/messages/{theirs.message}/lettre.pdf").status_code == 404
    assert OneTimeCode.objects.count() == 0


def test_papers_of_somebody_else_are_not_there(theirs: Theirs) -> None:
    paths = ["/espace/contrats/K-ADSL-1/etiquette.pdf", f"/espace/materiel/{theirs.hand_over}/recu.pdf"]

    assert [a_browser_of("C-2001").get(path).status_code for path in paths] == [200, 200]
    assert [a_browser_of("C-3001").get(path).status_code for path in paths] == [404, 404]


def test_a_page_that_is_not_there_leads_back_to_the_space(lenoir: Client) -> None:
    page = lenoir.get("/espace/nulle-part")

    assert page.status_code == 404
    assert '<a href="/espace/">' in page.content.decode()
