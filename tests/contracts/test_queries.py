from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from builders import a_world
from ligneclaire.contracts.queries import holders, household
from ligneclaire.contracts.queries.holders import Held, Thing
from ligneclaire.contracts.queries.household import HeldEquipment, Holding
from ligneclaire.kernel.money import Money

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


def test_a_household_is_all_that_a_customer_holds_oldest_first() -> None:
    assert household.of(["C-2001"]) == {
        "C-2001": (
            Holding(
                contract="K-FIX-3",
                offer="PHONE-LINE",
                offer_name="Ligne fixe",
                kind="fixed",
                line="+33536490202",
                since=date(2001, 9, 1),
                concluded_on=date(2001, 9, 1),
                committed_until=None,
                place="résidence secondaire, 33120 Arcachon",
                price=Money.of("16.50"),
                deposit=None,
                equipment=(),
            ),
            Holding(
                contract="K-MOB-2",
                offer="MOBILE-PRO",
                offer_name="Mobile Pro Europe",
                kind="mobile",
                line="+33639980201",
                since=date(2005, 1, 10),
                concluded_on=date(2005, 1, 10),
                committed_until=None,
                place="",
                price=Money.of("45.00"),
                deposit=None,
                equipment=(),
            ),
            Holding(
                contract="K-ADSL-1",
                offer="ADSL-PHONE",
                offer_name="Internet et téléphone ADSL",
                kind="fixed",
                line="+33536490201",
                since=date(2008, 4, 1),
                concluded_on=date(2008, 4, 1),
                committed_until=None,
                place="",
                price=Money.of("36.00"),
                deposit=Money.of("49.00"),
                equipment=(
                    HeldEquipment(kind="box", serial="LB-4471-0093"),
                    HeldEquipment(kind="tv decoder", serial="TV-2210-7781"),
                ),
            ),
        )
    }


def test_who_holds_nothing_has_an_empty_household() -> None:
    assert household.of(["C-9"]) == {"C-9": ()}


@pytest.mark.parametrize("customers", [["C-2001"], ["C-2001", "C-4001", "C-5001"]])
def test_households_take_one_query_however_many(
    customers: list[str], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        found = household.of(customers)

    assert list(found) == customers


@pytest.mark.parametrize("contracts", [["K-ADSL-1"], ["K-ADSL-1", "K-FIX-3", "K-MOB-11", "K-9"]])
def test_holders_take_one_query_however_many(
    contracts: list[str], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    everyone = {"K-ADSL-1": "C-2001", "K-FIX-3": "C-2001", "K-MOB-11": "C-1001"}

    with django_assert_num_queries(1):
        found = holders.of(contracts)

    assert found == {number: everyone[number] for number in contracts if number in everyone}


def test_a_holding_begins_on_a_day() -> None:
    assert holders.held(["K-ADSL-1"]) == {"K-ADSL-1": Held(customer="C-2001", since=date(2008, 4, 1))}


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("K-ADSL-1", Thing.CONTRACT),
        (" k-adsl-1 ", Thing.CONTRACT),
        ("05 36 49 02 02", Thing.LINE),
        ("0033536490202", Thing.LINE),
        ("+33 (0)5 36 49 02 02", Thing.LINE),
        ("LB-4471-0093", Thing.EQUIPMENT),
        ("lb - 4471 - 0093", Thing.EQUIPMENT),
    ],
)
def test_a_key_leads_to_who_holds_the_thing(
    text: str, thing: Thing, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        assert holders.known_by(text, region="FR") == {"C-2001": thing}


@pytest.mark.parametrize("text", ["", "K-9", "05 36 49 02 09", "C-2001"])
def test_what_is_no_key_leads_to_nobody(text: str) -> None:
    assert holders.known_by(text, region="FR") == {}


@pytest.mark.parametrize("count", [1, 3])
def test_lines_of_customers_take_one_query(count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    lines = {
        "C-2001": ("+33536490202", "+33639980201", "+33536490201"),
        "C-5001": ("+33353010501",),
        "C-9999": (),
    }
    wanted = dict(list(lines.items())[:count])

    with django_assert_num_queries(1):
        assert holders.lines_of(wanted) == wanted
