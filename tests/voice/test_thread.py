"""The thread of a customer, page by page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from ligneclaire.facts.record import record
from ligneclaire.facts.stated import Statement
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.voice.queries import thread
from ligneclaire.voice.queries.thread import Cursor, FactEntry, MessageEntry
from world import World

pytestmark = pytest.mark.django_db
START = datetime(2015, 2, 1, 9, tzinfo=UTC)


@pytest.fixture
def world() -> World:
    return World()


def many(count: int, *, each: timedelta = timedelta(minutes=1)) -> None:
    for number in range(count):
        at = START + number * each
        statement = Statement(
            source="shop",
            source_id=f"v{number:03}",
            kind="visit",
            customer="C-3001",
            subject="customer:C-3001",
            value={"number": number},
            effective=None,
            at=at,
        )
        record([statement], by=SYSTEM, at=at)


def numbers(page: thread.Page) -> list[object]:
    return [
        entry.value["number"]
        for entry in page.entries
        if isinstance(entry, FactEntry) and isinstance(entry.value, dict)
    ]


@pytest.mark.parametrize("each", [timedelta(minutes=1), timedelta()], ids=["one after the other", "at one instant"])
def test_pages_follow_each_other_without_gap_or_repeat(world: World, each: timedelta) -> None:
    many(25, each=each)

    first = thread.page(["C-3001"], limit=10)
    second = thread.page(["C-3001"], before=first.older, limit=10)
    third = thread.page(["C-3001"], before=second.older, limit=10)

    assert [numbers(page) for page in (first, second, third)] == [
        list(range(24, 14, -1)),
        list(range(14, 4, -1)),
        list(range(4, -1, -1)),
    ]
    assert third.older is None


def test_a_page_that_ends_exactly_has_no_older_one(world: World) -> None:
    many(10)

    assert thread.page(["C-3001"], limit=10).older is None


def test_what_is_new_is_read_down_to_where_the_screen_ends(world: World) -> None:
    many(25)
    last = thread.page(["C-3001"], limit=5).entries[-1].cursor

    again = thread.page(["C-3001"], down_to=last, limit=200)

    assert numbers(again) == [24, 23, 22, 21, 20]
    assert again.older is None


def test_a_message_stands_once_between_the_facts_with_its_way_and_signer(world: World) -> None:
    world.read("2-five-goodbyes.jsonl")

    entries = thread.page(["C-2001"], limit=100).entries

    assert [type(entry) for entry in entries].count(MessageEntry) == 1
    (message,) = (entry for entry in entries if isinstance(entry, MessageEntry))
    assert (message.channel, message.is_copy, message.state, message.signer) == ("letter", False, "sent", "Nora Benali")
    assert [entry.kind for entry in entries if isinstance(entry, FactEntry)].count("channels.message_sent") == 0
    assert list(entries) == sorted(entries, key=lambda e: (e.cursor.at, e.cursor.place, e.cursor.id), reverse=True)


def test_a_fact_carries_who_stated_it_and_what_came_of_it(world: World) -> None:
    world.read("2-five-goodbyes.jsonl")
    world.it_is("2015-02-16T10:00")
    world.adviser("A-1").settles("equipment.days_after_formal_notice", 10, because="the notice counts")
    world.it_is("2015-02-16T10:01")

    facts = {
        (entry.source, entry.kind): (entry.by, entry.value, entry.end)
        for entry in thread.page(["C-2001"], limit=100).entries
        if isinstance(entry, FactEntry)
    }

    assert facts["equipment", "equipment.days_after_formal_notice"] == ("Équipements", 7, "settled against")
    assert facts["equipment", "contact.phone"] == ("Équipements", "3970", "not for customers")
    assert facts["billing", "closing_bill.date"] == ("Facturation", "2015-03-05", "waiting")
    by, value, end = facts["voice", "voice.contradiction_settled"]
    assert (by, end) == ("Nora Benali", "not for customers")
    assert isinstance(value, dict)
    assert (value["chosen"], value["reason"]) == (10, "the notice counts")


def test_a_page_is_one_query(world: World, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for count in (1, 3):
        many(count)
        with django_assert_num_queries(1):
            assert len(thread.page(["C-3001"], limit=10).entries) == count


def test_a_place_is_printed_and_read_back() -> None:
    cursor = Cursor(START, 1, 12)

    assert Cursor.parse(str(cursor)) == cursor


@pytest.mark.parametrize("text", ["", "x", "2015-02-01~0~1", "2015-02-01T09:00~0~1", "2015-02-01T09:00+00:00~a~1"])
def test_what_is_no_place_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Cursor.parse(text)
