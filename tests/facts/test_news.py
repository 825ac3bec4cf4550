"""Whoever looks at a customer hears that something is new, when it is committed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import psycopg
import pytest
from django.db import transaction

from builders import a_world
from ligneclaire.config.wiring import deliver
from ligneclaire.facts.news import CHANNEL, EVERYBODY
from ligneclaire.facts.record import record
from ligneclaire.facts.stated import Statement
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.voice.actions.set_mode import set_mode
from ligneclaire.voice.rules.state import Mode

NOON = datetime(2015, 2, 16, 12, tzinfo=UTC)


def statement(name: str, customer: str | None) -> Statement:
    return Statement(
        source="shop",
        source_id=name,
        kind="visit",
        customer=customer,
        subject="",
        value={},
        effective=None,
        at=NOON,
    )


@pytest.fixture
def listener(database_url: str) -> Iterator[psycopg.Connection]:
    """A connection of its own that hears the news."""
    a_world()
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(f"LISTEN {CHANNEL}")
        yield connection


def heard(listener: psycopg.Connection) -> list[str]:
    return sorted(notice.payload for notice in listener.notifies(timeout=0.3))


def test_recording_and_delivering_are_heard_for_each_customer_once(listener: psycopg.Connection) -> None:
    with transaction.atomic():
        record([statement("1", "C-1001"), statement("2", "C-1001"), statement("3", "C-2001")], by=SYSTEM, at=NOON)
        assert heard(listener) == []
    assert heard(listener) == ["C-1001", "C-2001"]

    deliver(until=datetime(2015, 2, 16, 13, tzinfo=UTC))
    assert heard(listener) == ["C-1001", "C-2001"]


def test_what_is_known_already_is_no_news(listener: psycopg.Connection) -> None:
    record([statement("1", "C-1001")], by=SYSTEM, at=NOON)
    heard(listener)

    record([statement("1", "C-1001")], by=SYSTEM, at=NOON)

    assert heard(listener) == []


def test_a_fact_about_nobody_is_news_of_its_source(listener: psycopg.Connection) -> None:
    record([statement("1", None)], by=SYSTEM, at=NOON)

    assert heard(listener) == ["source:shop"]


def test_a_stop_concerns_everybody(listener: psycopg.Connection) -> None:
    set_mode(mode=Mode.STOP, reason="a wrong price", by=SYSTEM, at=NOON)

    assert heard(listener) == [EVERYBODY]
