"""What nobody understood, or could not be handled, is looked at by a person, who says what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from ligneclaire.facts.models import Fact, Failure
from ligneclaire.voice.models import Inspection
from ligneclaire.voice.queries import troubles
from world import World

pytestmark = pytest.mark.django_db
NOTE = "Le magasin avait fait un essai."
PART = {"HX-Request": "true"}


@pytest.fixture
def visit(monday: World) -> int:
    """A fact that nobody understands."""
    monday.state({"source": "shop", "customer": "C-1001", "event": "visit", "data": {"said": "bonjour <b>"}})
    monday.it_is("2015-02-16T10:00:01+01:00")
    return Fact.objects.get(source="shop").pk


@pytest.fixture
def set_aside(monday: World) -> int:
    """A fact that could not be handled."""
    fact = Fact.objects.get(source="mailroom")
    at = datetime.fromisoformat("2015-02-16T09:00:00+01:00")
    Failure.objects.create(fact=fact, attempts=3, reason="ValueError: no words", owner="A-1", set_aside_at=at)
    return fact.pk


def post(client: Client, what: str, fact: object, note: str = "", **headers: str) -> Any:
    return client.post(f"/facts/{what}", {"fact": fact, "note": note}, headers=headers)


def waiting() -> list[int]:
    return [trouble.id for trouble in troubles.newest(limit=10)]


def test_the_day_shows_what_was_stated_and_why_nobody_understood_it(nora: Client, visit: int) -> None:
    page = nora.get("/").content.decode()

    assert "said : bonjour &lt;b&gt;" in page.replace("\xa0", " ")
    assert "shop/w1" in page
    assert page.count("Classer</button>") == 1
    assert "Réessayer</button>" not in page
    assert "Traités récemment" not in page


@pytest.mark.parametrize("headers", [{}, PART])
def test_ticked_off_it_leaves_the_list_and_everybody_reads_who_said_what(
    nora: Client, hugo: Client, visit: int, headers: dict[str, str]
) -> None:
    response = post(nora, "tick-off", visit, NOTE, **headers)

    assert (response.status_code, response["Location"]) == (302, "/")
    page = hugo.get("/").content.decode()
    assert "Tout a été compris." in page
    for said in ("Traités récemment", NOTE, "Nora Benali, 16 février 2015", "classé"):
        assert said in page


@pytest.mark.parametrize(
    ("note", "fault"),
    [
        ("  ", "Dites ce qu’il en a été, en une phrase que d’autres comprendront."),
        ("x" * 501, "500 caractères au plus."),
    ],
)
def test_without_a_note_it_stays_and_what_was_typed_too(nora: Client, visit: int, note: str, fault: str) -> None:
    response = post(nora, "tick-off", visit, note)

    page = response.content.decode()
    assert response.status_code == 422
    assert f'id="note-fault-{visit}">{fault}' in page
    assert f'id="trouble-{visit}" data-holds open' in page
    assert f">{note}</textarea>" in page
    assert (waiting(), Inspection.objects.count()) == ([visit], 0)


@pytest.mark.parametrize(("what", "fact"), [("tick-off", "0"), ("try-again", "0")])
def test_whoever_comes_too_late_reads_their_own_words_again(nora: Client, visit: int, what: str, fact: str) -> None:
    response = post(nora, what, fact, NOTE)

    page = response.content.decode()
    assert response.status_code == 422
    assert "Quelqu’un d’autre l’a déjà fait" in page
    assert f"Vous aviez écrit\u00a0: «\u00a0{NOTE}\u00a0»" in page
    assert (waiting(), Inspection.objects.count()) == ([visit], 0)


def test_a_fact_that_is_no_number_changes_nothing(nora: Client, visit: int) -> None:
    assert post(nora, "tick-off", "x", NOTE).status_code == 422
    assert post(nora, "try-again", "x").status_code == 422

    assert (waiting(), Inspection.objects.count()) == ([visit], 0)


def test_a_fact_that_was_set_aside_is_tried_again_by_a_button(nora: Client, monday: World, set_aside: int) -> None:
    page = nora.get("/").content.decode()
    assert page.count("Réessayer</button>") == 1
    assert "ValueError: no words" in page

    response = post(nora, "try-again", set_aside)

    assert response.status_code == 302
    assert waiting() == []
    assert [(one.deed, one.note, one.by) for one in troubles.inspected(limit=5)] == [("tried again", "", "Nora Benali")]
    assert "réessayé" in nora.get("/").content.decode()


def test_a_note_that_is_too_long_tries_nothing_again(nora: Client, set_aside: int) -> None:
    response = post(nora, "try-again", set_aside, "x" * 501)

    assert response.status_code == 422
    assert f'id="note-fault-{set_aside}">500 caractères au plus.' in response.content.decode()
    assert (waiting(), Inspection.objects.count()) == ([set_aside], 0)
