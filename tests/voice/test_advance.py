"""Time moves from one due instant to the next; an instant is decided once it is over, and then never again."""

from __future__ import annotations

from datetime import timedelta

from ligneclaire.voice.rules.advance import advance, next_instant
from voice.gate import ONLINE, a_state, at, heard, requested, stated, until

MONEY = {"amount": "49.00", "currency": "EUR"}
INSTANT = timedelta(microseconds=1)


def test_an_instant_that_is_not_over_is_left_for_later() -> None:
    state = a_state(requested("2015-02-10 09:12", by=ONLINE))

    now = advance(state, at("2015-02-10 09:12"))
    then = advance(now.state, at("2015-02-10 09:12") + INSTANT)

    assert (heard(now), len(then.utterances)) == ([], 1)


def test_everything_known_at_an_instant_is_decided_together() -> None:
    facts = [
        stated("billing", "refund.deposit", MONEY, "2015-02-10 08:00"),
        requested("2015-02-11 08:00", by=ONLINE),
    ]

    assert [[key for key, _ in message.says] for message in heard(until("2015-02-12 00:00", *facts))] == [
        ["termination.requested", "refund.deposit"]
    ]


def test_the_next_instant_is_that_of_the_first_news_or_of_the_next_dispatch() -> None:
    fact = stated("billing", "refund.deposit", MONEY, "2015-02-10 10:00")
    later = stated("billing", "refund.advance", MONEY, "2015-03-10 10:00")
    state = a_state(fact, later)

    settled = advance(state, at("2015-02-11 00:00")).state
    said = advance(state, at("2015-02-13 00:00")).state

    assert [next_instant(one) for one in (state, settled, said)] == [
        at("2015-02-10 10:00"),
        at("2015-02-12 08:00"),
        at("2015-03-10 10:00"),
    ]
    assert next_instant(advance(state, at("2015-04-01 00:00")).state) is None


def test_a_promise_with_a_day_is_looked_at_when_its_day_is_over() -> None:
    state = a_state(stated("billing", "closing_bill.date", "2015-03-05", "2015-02-10 10:00"))

    assert next_instant(advance(state, at("2015-02-13 00:00")).state) == at("2015-03-06 00:00")


def test_what_still_moves_is_named_by_subject() -> None:
    days = "equipment.days_after_formal_notice"
    facts = [
        stated("equipment", days, 7, "2015-02-10 10:00"),
        stated("equipment-south-west", days, 10, "2015-02-10 10:00"),
        stated("billing", "refund.deposit", MONEY, "2015-02-10 10:00", about="contract:K-2"),
    ]

    assert until("2015-02-11 00:00", *facts).moving == frozenset({"contract:K-ADSL-1", "contract:K-2"})
    assert until("2015-02-13 00:00", *facts).moving == frozenset({"contract:K-ADSL-1"})
