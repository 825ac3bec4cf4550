"""What the voice loads, in how many queries, for one customer and for three."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from ligneclaire.facts.delivery import claims_of
from ligneclaire.voice.handlers import consider
from ligneclaire.voice.queries import outlook, told, waiting
from world import INSTANT, World

pytestmark = pytest.mark.django_db
DAYS = "equipment.days_after_formal_notice"
CONTRACTS = {"C-2001": "K-ADSL-1", "C-3001": "K-MOB-31", "C-4001": "K-FIX-7"}


@pytest.fixture
def world() -> World:
    """Three customers with a request, a contradiction and news each."""
    world = World()
    world.it_is("2015-02-10 09:00")
    for contract in CONTRACTS.values():
        world.department("mailroom").passes_on("termination.requested", of=contract, received_by="letter")
        world.department("billing").states("closing_bill.date", "2015-03-05", of=contract)
        world.department("equipment").states(DAYS, 7, of=contract)
        world.department("equipment-south-west").states(DAYS, 10, of=contract)
    return world


@pytest.mark.parametrize("count", [1, 3])
def test_considering_news_takes_as_many_queries_for_three_as_for_one(
    world: World, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert world.now is not None
    claims = claims_of(list(CONTRACTS)[:count])

    with django_assert_num_queries(27):
        consider(claims, until=world.now + INSTANT, without=frozenset())


@pytest.mark.parametrize("count", [1, 3])
def test_speaking_takes_as_many_queries_for_three_as_for_one(
    world: World, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert world.now is not None
    world.it_is(world.now + timedelta(hours=2))
    claims = claims_of(list(CONTRACTS)[:count])

    with django_assert_num_queries(26):
        consider(claims, until=world.now + timedelta(days=1), without=frozenset())


@pytest.mark.parametrize("count", [1, 3])
def test_what_waits_takes_as_many_queries_for_three_as_for_one(
    world: World, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert world.now is not None
    world.it_is(world.now + timedelta(hours=2))

    with django_assert_num_queries(6):
        found = waiting.of(list(CONTRACTS)[:count], at=world.now)

    assert [hold.reason for hold in found["C-2001"].holds] == ["receipt", "settling", "contradiction"]
    assert [contradiction.key for contradiction in found["C-2001"].contradictions] == [DAYS]
    assert len(found) == count


def test_the_soonest_are_found_as_quickly(world: World, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    assert world.now is not None
    world.it_is(world.now + timedelta(hours=2))

    with django_assert_num_queries(6):
        found = waiting.next_ones(at=world.now, limit=2)

    assert list(found) == ["C-2001", "C-3001"]


def test_an_outlook_with_previews_takes_a_fixed_number_of_queries(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert world.now is not None
    world.it_is(world.now + timedelta(hours=2))

    with django_assert_num_queries(11):
        found = outlook.of("C-2001", at=world.now)

    assert found is not None
    assert [f"{preview.leaves_at:%m-%d %H:%M}" for preview in found.previews] == ["02-11 08:00", "02-17 08:00"]


def test_what_was_told_takes_one_query_however_much_it_is(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    world.it_is("2015-03-01 09:00")

    with django_assert_num_queries(1):
        ended = told.outcomes_of("C-2001")

    assert Counter(fact.source for fact in ended) == {
        "mailroom": 1,
        "billing": 1,
        "equipment": 1,
        "equipment-south-west": 1,
        "channels": 2,
        "journeys": 8,
    }
    with django_assert_num_queries(1):
        assert len(told.topics_of({fact.utterance for fact in ended if fact.utterance})) == 2
    with django_assert_num_queries(1):
        assert told.not_understood(limit=10) == ()
