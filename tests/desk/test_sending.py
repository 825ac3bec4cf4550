"""Stop, trial run, and on again."""

from __future__ import annotations

import pytest
from django.test import Client

from ligneclaire.voice.queries import rules
from world import World

pytestmark = pytest.mark.django_db


def modes() -> list[tuple[str, str, str]]:
    return [(change.mode, change.by, change.reason) for change in rules.changes()]


def test_a_stop_is_recorded_with_who_and_why_and_shown_on_every_page(nora: Client, hugo: Client) -> None:
    response = nora.post("/sending", {"mode": "stop", "reason": " Un tarif faux "})

    assert (response.status_code, response["Location"]) == (302, "/sending")
    assert modes() == [("stop", "Nora Benali", "Un tarif faux")]
    for path in ("/", "/customers", "/customers/C-2001", "/sending", "/sending/bar"):
        page = hugo.get(path).content.decode()
        assert "Les envois sont arrêtés\u00a0: rien ne part." in page
        assert "Nora Benali, lundi 16 février, 10:00\u00a0: «\u00a0Un tarif faux\u00a0»" in page


def test_a_stop_without_reason_stops_nothing(nora: Client) -> None:
    response = nora.post("/sending", {"mode": "stop", "reason": " "})

    assert response.status_code == 422
    assert "Dites pourquoi" in response.content.decode()
    assert modes() == []


def test_an_unknown_mode_changes_nothing(nora: Client) -> None:
    assert nora.post("/sending", {"mode": "louder", "reason": "because"}).status_code == 422
    assert modes() == []


def test_the_page_offers_what_is_not_so_already(nora: Client, monday: World) -> None:
    offered = {"live": {"stop", "shadow"}, "stop": {"live", "shadow"}, "shadow": {"stop", "live"}}
    for second, (mode, others) in enumerate(offered.items()):
        if mode != "live":
            nora.post("/sending", {"mode": mode, "reason": f"reason {second}"})
        page = nora.get("/sending").content.decode()
        assert {name for name in offered if f'name="mode" value="{name}"' in page} == others


def test_while_stopped_the_page_still_shows_what_would_be_said(nora: Client) -> None:
    nora.post("/sending", {"mode": "stop", "reason": "Un tarif faux"})

    page = nora.get("/customers/C-2001").content.decode()

    assert "La voix est arrêtée" in page
    assert "Votre contrat prend fin." in page
