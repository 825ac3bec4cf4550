"""Finding customers by a key, by a name, and by a name that is spelled otherwise."""

from __future__ import annotations

import re

import pytest
from pytest_django import DjangoAssertNumQueries

from builders import a_world, the_story_world
from ligneclaire.people.models import ContactPoint
from ligneclaire.people.queries import directory
from ligneclaire.people.queries.directory import Listed, Way
from ligneclaire.people.rules.likeness import half_right, likeness

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


@pytest.fixture
def namesakes() -> None:
    """Two more customers whose names sound alike; one lives at the address and with the mobile of the Lenoirs."""
    document = the_story_world()
    lenoir = document["customers"][1]
    for number, name in (("C-2002", "Mme Élise Lenoir-Ducœur"), ("C-2003", "SARL Le Noir")):
        document["customers"].append({**lenoir, "id": number, "name": name, "contracts": []})
    a_world(document)


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("C-2001", Way.NUMBER),
        (" c-2001 ", Way.NUMBER),
        ("06 39 98 02 01", Way.MOBILE),
        ("0639980201", Way.MOBILE),
        ("06.39.98.02.01", Way.MOBILE),
        ("+33639980201", Way.MOBILE),
        ("+33 (0)6 39 98 02 01", Way.MOBILE),
        ("0033639980201", Way.MOBILE),
        ("lenoir@example.org", Way.EMAIL),
        ("Lenoir@Example.ORG", Way.EMAIL),
    ],
)
def test_a_key_leads_to_a_customer_in_any_spelling(text: str, way: Way) -> None:
    assert directory.known_by(text, region="FR") == {"C-2001": way}


@pytest.mark.parametrize("text", ["", "C-9999", "06 39 98 02 09", "personne@example.org", "lenoir"])
def test_what_is_nobodys_key_leads_to_nobody(text: str) -> None:
    assert directory.known_by(text, region="FR") == {}


def test_a_key_that_several_share_leads_to_all_of_them(namesakes: None) -> None:
    assert list(directory.known_by("06 39 98 02 01", region="FR")) == ["C-2001", "C-2002", "C-2003"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("lenoir", {"C-2001": Way.NAME, "C-2002": Way.NAME}, id="a word"),
        pytest.param("LÉNOIR", {"C-2001": Way.NAME, "C-2002": Way.NAME}, id="an accent too many"),
        pytest.param("Elise", {"C-2002": Way.NAME}, id="an accent missing"),
        pytest.param("ducoeur elise", {"C-2002": Way.NAME}, id="another order, a ligature"),
        pytest.param("noir", {"C-2003": Way.NAME, "C-2001": Way.PART, "C-2002": Way.PART}, id="a whole word first"),
        pytest.param("du", {"C-2002": Way.PART}, id="two letters begin a word"),
        pytest.param("oi", {}, id="two letters are not looked for inside"),
        pytest.param("lenoir dupont", {}, id="a word that is nobody's"),
        pytest.param("...", {}, id="no letters"),
        pytest.param("%", {}, id="a sign that means something to the database"),
        pytest.param("", {}, id="nothing"),
    ],
)
def test_names_are_found_by_words_and_parts_of_them(namesakes: None, text: str, found: dict[str, Way]) -> None:
    assert directory.named(text, limit=9) == found
    assert list(directory.named(text, limit=9)) == list(found)


def test_names_are_not_more_than_wanted() -> None:
    assert list(directory.named("mme", limit=9)) == ["C-2001", "C-3001", "C-4001"]
    assert list(directory.named("mme", limit=2)) == ["C-2001", "C-3001"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        pytest.param("lenior", "C-2001", id="two letters swapped"),
        pytest.param("Lenoire", "C-2001", id="a letter too many"),
        pytest.param("lenir", "C-2001", id="a letter missing"),
        pytest.param("renoir", "C-2001", id="another first letter"),
        pytest.param("mme lennoir", "C-2001", id="beside a word that is right"),
        pytest.param("lennoir mme", "C-2001", id="in another order"),
        pytest.param("rousel", "C-4001", id="one of a pair missing"),
        pytest.param("obert", "C-3001", id="as it sounds"),
        pytest.param("délmasse", "C-1001", id="as it is heard"),
    ],
)
def test_names_are_found_although_they_are_spelled_otherwise(text: str, number: str) -> None:
    assert directory.like(text, limit=9) == {number: Way.LIKE}


@pytest.mark.parametrize("text", ["", "...", "mme", "xyz", "dupont", "monsieur lenoir"])
def test_names_that_are_not_near_are_not_found(text: str) -> None:
    assert directory.like(text, limit=9) == {}


def test_near_names_have_every_word_and_are_not_more_than_wanted(namesakes: None) -> None:
    assert list(directory.like("lenoire", limit=9)) == ["C-2001", "C-2002"]
    assert list(directory.like("lenoire", limit=1)) == ["C-2001"]
    assert list(directory.like("elise lenoire", limit=9)) == ["C-2002"]
    assert list(directory.like("le noire", limit=9)) == ["C-2003"]


@pytest.mark.parametrize(
    ("typed", "name", "how"),
    [
        ("lenoir", "m et mme lenoir", 1.0),
        ("lenoir mme", "m et mme lenoir", 1.0),
        ("lenior", "m et mme lenoir", pytest.approx(0.833, abs=0.001)),
        ("lenoir perrin", "m et mme lenoir", 0.0),
        ("paul", "m paula", pytest.approx(0.888, abs=0.001)),
        ("lenoir", "", 0.0),
        ("", "m lenoir", 0.0),
    ],
)
def test_likeness_is_that_of_every_word(typed: str, name: str, how: float) -> None:
    assert likeness(typed, name) == how


@pytest.mark.parametrize(
    "slip", ["elnoir", "leonir", "leniro", "lnoir", "lenor", "lennoir", "lenoirs", "denoir", "lemoir"]
)
def test_a_slip_leaves_a_half_right_or_swaps_the_middle(slip: str) -> None:
    [pattern] = half_right(f"le {slip}")

    assert re.search(pattern, "m et mme lenoir")
    assert not re.search(pattern, "mme perrin")


def test_lists_show_name_town_and_adviser(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    ContactPoint.objects.filter(customer__number="C-5001").delete()

    with django_assert_num_queries(1):
        found = directory.listed(["C-2001", "C-5001", "C-9"])

    assert found == {
        "C-2001": Listed(number="C-2001", name="M. et Mme Lenoir", town="33000 BORDEAUX", adviser="Nora Benali"),
        "C-5001": Listed(number="C-5001", name="M. Perrin", town="", adviser="Inès Caron"),
    }
