"""Customers who do not move after all say so in their space, with one button."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from ligneclaire.facts.models import Fact
from ligneclaire.kernel.actor import Actor, ActorKind
from ligneclaire.visits.actions.book_visit import book_visit
from ligneclaire.visits.actions.hold_slot import hold_slot
from ligneclaire.visits.queries import needs
from ligneclaire.visits.values import Window
from space.conftest import a_browser_of
from space.moving import LINE, ROUSSEL, Home
from visits.field import a_technician, employ

pytestmark = pytest.mark.django_db
PAGE = f"/espace/demenager/{LINE}/annulation"


@pytest.fixture
def home(clock_at: Callable[[datetime], None]) -> Home:
    """Mme Roussel, on Friday 20 November 2026 at noon."""
    return Home(clock_at)


def taken_back() -> int:
    return Fact.objects.filter(kind="move.withdrawn").count()


def test_the_page_says_what_it_means_and_one_button_takes_the_move_back(home: Home) -> None:
    employ(a_technician("T-1"))
    done = home.moves()
    home.it_is("2026-11-20T12:01:00+01:00")
    [need] = needs.open_of(LINE)
    window = Window(
        starts=datetime.fromisoformat("2026-12-08T10:00:00+01:00"),
        ends=datetime.fromisoformat("2026-12-08T12:00:00+01:00"),
    )
    roussel = Actor(ActorKind.CUSTOMER, ROUSSEL)
    held = hold_slot(need=need.reference, window=window, by=roussel, at=home.now)
    book_visit(reference=held, by=roussel, at=home.now)
    home.it_is("2026-11-20T12:02:00+01:00")

    assert all(f'href="{PAGE}"' in home.reads(path) for path in ("/espace/", done))
    page = home.reads(PAGE)
    for said in (
        "Votre ligne reste où elle est, avec son numéro",
        "Le technicien ne vient pas le 8 décembre 2026 entre 10:00 et 12:00.",
        "Ce qui était réservé pour vous au 3 rue du Four, 63510 Malintrat est rendu.",
    ):
        assert said in page
    assert taken_back() == 0

    assert home.client.post(PAGE).headers["Location"] == PAGE
    home.it_is("2026-11-20T12:03:00+01:00")

    page = home.reads(PAGE)
    assert "Votre déménagement est annulé" in page
    assert '<button class="btn btn-primary' not in page
    assert (needs.open_of(LINE), home.plans("/espace/")) == ((), [])
    assert LINE in home.reads(home.opens("/espace/demenager"))
    assert f'href="{PAGE}"' not in home.reads("/espace/")


def test_pressing_twice_takes_it_back_once(home: Home) -> None:
    home.moves()
    answers = [home.client.post(PAGE).status_code for _ in range(2)]

    assert (answers, taken_back()) == ([302, 302], 1)


def test_a_move_without_a_visit_is_taken_back_before_any_plan_has_heard_of_it(home: Home) -> None:
    home.moves()
    assert "Aucun technicien ne vient pour ce déménagement." in home.reads(PAGE)
    home.client.post(PAGE)
    home.it_is("2026-11-20T12:01:00+01:00")

    assert home.plans("/espace/") == []


def test_a_line_that_works_at_the_new_address_is_not_given_back(home: Home) -> None:
    home.moves()
    home.it_is("2026-11-20T12:01:00+01:00")
    home.world.department("technical-service").states("line.proven", {}, of=LINE)

    answer = home.client.post(PAGE)

    assert (answer.status_code, taken_back()) == (422, 0)
    assert "fonctionne déjà à la nouvelle adresse" in answer.content.decode()


def test_who_moves_nowhere_reads_so_and_a_line_of_somebody_else_is_not_there(home: Home) -> None:
    assert "Aucun déménagement de cette ligne n’est en cours." in home.reads(PAGE)
    assert home.client.post(PAGE).status_code == 422
    assert a_browser_of("C-4002", at=home.now).get(PAGE).status_code == 404
    assert taken_back() == 0
