"""The start of the day."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from world import World

pytestmark = pytest.mark.django_db
QUERIES = 24


def test_what_waits_for_me_stands_apart_from_what_waits_for_others(nora: Client, hugo: Client) -> None:
    for client, mine, others in ((nora, ["C-2001"], []), (hugo, [], ["C-2001"])):
        context = client.get("/").context
        assert [card.customer for card in context["mine"]] == mine
        assert [card.customer for card in context["others"]] == others


def test_the_day_shows_which_messages_wait_and_what_was_not_understood(nora: Client, monday: World) -> None:
    monday.state({"source": "shop", "customer": "C-1001", "event": "visit", "data": {"said": "hello"}})
    monday.state({"source": "marketing", "event": "loyalty.reward.price", "data": {}})
    monday.it_is("2015-02-16T10:00:01+01:00")

    context = nora.get("/").context

    assert [(one.customer.name, one.next.reason) for one in context["coming"]] == [("M. et Mme Lenoir", "settling")]
    assert [(one.fact, one.what, one.customer_name, one.owner) for one in context["troubles"]] == [
        ("marketing/w2", "not understood", "", "Nora Benali"),
        ("shop/w1", "not understood", "Famille Delmas", "Nora Benali"),
    ]


def test_one_row_or_three_take_the_same_queries(
    nora: Client, monday: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(QUERIES):
        nora.get("/")
    for customer, contract in (("C-3001", "K-MOB-31"), ("C-4001", "K-FIX-7")):
        monday.state({"source": "shop", "customer": customer, "event": "visit", "data": {}})
        monday.department("contracts").states("contract.ends_on", "2015-06-30", of=contract)
        for source, days in (("equipment", 7), ("equipment-south-west", 10)):
            monday.department(source).states("equipment.days_after_formal_notice", days, of=contract)
    monday.it_is("2015-02-16T10:00:01+01:00")

    with django_assert_num_queries(QUERIES):
        page = nora.get("/")

    assert len(page.context["mine"] + page.context["others"]) == 3


def test_the_day_of_the_demo_is_said_on_every_page(nora: Client, settings: object) -> None:
    settings.CLOCK_SHIFT_DAYS = 3  # type: ignore[attr-defined]

    assert "Démonstration : ici, nous sommes le lundi 16 février 2015" in nora.get("/sending").content.decode()
