"""A plan has a page: as lanes, with all that stands before each step; who opens it is logged."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from ligneclaire.cases.models import Read
from ligneclaire.journeys.queries import plans
from world import World

pytestmark = pytest.mark.django_db
QUERIES = 11


@pytest.fixture
def address(monday: World) -> str:
    """The page of the Lenoirs' plan."""
    [card] = plans.of(["C-2001"], {})["C-2001"]
    return f"/customers/C-2001/plans/{card.uuid}"


def test_the_page_shows_the_plan_as_lanes_and_what_comes_before_each_step(nora: Client, address: str) -> None:
    page = nora.get(address)

    text = page.content.decode()
    assert [lane.who for lane in page.context["drawing"].lanes] == [
        "Courrier",
        "Service clients",
        "Contrats",
        "Opérateurs tiers",
        "Équipements",
        "Facturation",
    ]
    assert "après\xa0: Demande reçue" in text
    assert 'href="/customers/C-2001"' in text
    assert '<table class="lanes">' in text


def test_the_customers_page_draws_the_same_and_leads_there(nora: Client, address: str) -> None:
    text = nora.get("/customers/C-2001").content.decode()

    assert '<table class="lanes">' in text
    assert f'href="{address}"' in text
    assert "attend\xa0: " in text


def test_who_opens_it_is_logged_and_needs_a_reason(nora: Client, address: str) -> None:
    asked = nora.get(address.replace("C-2001", "C-4001"))
    assert "Qu’est-ce qui vous amène" in asked.content.decode()
    assert Read.objects.count() == 0

    nora.get(address)
    assert [(read.customer_id, read.adviser_id) for read in Read.objects.all()] == [("C-2001", "A-1")]


def test_there_is_no_page_for_a_plan_of_another_customer(nora: Client, address: str) -> None:
    assert nora.get(f"/customers/C-3001/plans/{address.rpartition('/')[2]}").status_code == 404
    assert nora.get(f"/customers/C-2001/plans/{UUID(int=7)}").status_code == 404


def test_the_page_takes_a_fixed_number_of_queries(
    nora: Client, address: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(QUERIES):
        nora.get(address)
