"""A RIO is masked on the desk; whoever wants to see it clicks, which is logged, and the customer reads it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from builders import a_world, the_story_world
from desk.conftest import log_in
from ligneclaire.cases.actions.reveal_rio import reveal_rio
from ligneclaire.cases.queries import reads
from ligneclaire.cases.states import Basis, ReadPage
from ligneclaire.kernel.actor import Actor, ActorKind
from ligneclaire.people.access.roles import NotAllowed, Right
from space.conftest import a_browser_of
from world import World

pytestmark = pytest.mark.django_db
RECORD, RIO = "/customers/C-3001", "02PABC123IHE"
PART = {"HX-Request": "true"}


@pytest.fixture
def contract(monday: World) -> str:
    """Mme Aubert's contract, whose RIO is known."""
    document: dict[str, Any] = the_story_world()
    held: dict[str, Any] = document["customers"][2]["contracts"][0]
    held |= {"line": "06 39 98 00 01", "rio": RIO}
    a_world(document)
    return str(held["id"])


def shown(client: Client, path: str, **headers: str) -> str:
    answer = client.post(path, headers=headers) if path.endswith("/rio") else client.get(path)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\xa0", " ").replace("\u202f", " ").replace("\u00a0", " ").split())


def revealed() -> list[tuple[str, str, Basis]]:
    return [
        (card.adviser, card.contract, card.basis)
        for card in reads.of(["C-3001"], limit=20)
        if card.page is ReadPage.RIO
    ]


def test_the_desk_shows_that_there_is_a_rio_and_not_which(contract: str, nora: Client) -> None:
    page = shown(nora, RECORD)

    assert "02 P •••••• •••" in page
    assert [part for part in ("ABC123", "IHE") if part in page] == []
    assert revealed() == []


def test_a_click_shows_it_and_the_customer_reads_that(contract: str, nora: Client) -> None:
    part = shown(nora, f"{RECORD}/contracts/{contract}/rio", **PART)
    page = shown(nora, f"{RECORD}/contracts/{contract}/rio")

    assert part.startswith("<p ")
    assert all("Le RIO est : 02 P ABC123 IHE" in text for text in (part, page))
    assert revealed() == [("A-1", contract, Basis.ADVISER)]
    read = shown(a_browser_of("C-3001"), "/espace/consultations")
    assert f"le RIO de votre contrat {contract}, affiché en entier" in read


def test_what_was_revealed_stays_in_no_cache(contract: str, nora: Client) -> None:
    assert nora.post(f"{RECORD}/contracts/{contract}/rio")["Cache-Control"] == "no-store"


def test_without_a_matter_in_hand_the_reason_is_asked_first(contract: str, monday: World) -> None:
    ines = log_in("A-3", "ines")
    path = f"{RECORD}/contracts/{contract}/rio"

    assert "Qu’est-ce qui vous amène" in shown(ines, path)
    assert ines.post(path, headers=PART).status_code == 409
    assert revealed() == []


@pytest.mark.parametrize("path", ["C-3001/contracts/K-ADSL-1", "C-2001/contracts/K-ADSL-1", "C-9999/contracts/K-1"])
def test_what_is_not_theirs_or_has_no_rio_is_not_there(contract: str, nora: Client, path: str) -> None:
    assert nora.post(f"/customers/{path}/rio").status_code == 404
    assert revealed() == []


def test_looking_changes_nothing_by_a_link(contract: str, nora: Client) -> None:
    assert nora.get(f"{RECORD}/contracts/{contract}/rio").status_code == 405


def test_nobody_but_advisers_reveals_a_code(contract: str, monday: World) -> None:
    marie = Actor(ActorKind.CLERK, "7")

    with pytest.raises(NotAllowed) as refused:
        reveal_rio(customer="C-3001", contract=contract, by=marie, at=monday._at())

    assert refused.value.values == {"by": marie, "right": Right.REVEAL_CODES}
    assert revealed() == []


def test_a_revelation_takes_few_queries(
    contract: str, nora: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    # session, account, role (twice), numbers, household, customer, the log, operator
    with django_assert_num_queries(9):
        nora.post(f"{RECORD}/contracts/{contract}/rio", headers=PART)
