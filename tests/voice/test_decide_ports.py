"""A line that was to move and stays: the contract goes on at the same terms, and what was told of the end falls."""

from __future__ import annotations

import pytest

from ligneclaire.voice.rules.ending import contracts
from ligneclaire.voice.rules.state import Stated
from voice.gate import (
    ADSL,
    LETTER,
    a_state,
    at,
    changed_from,
    ended,
    heard,
    promised,
    requested,
    stated,
    until,
    withdrawn,
)

TAKEN, SUPPORT, ENDS_ON = "line.taken_over_by", "support.for_line", "contract.ends_on"
FAILED, CANCELLED = "port.failed", "port.cancelled"


def moved(when: str, *, name: str = "", by: str = "other operator") -> Stated:
    return stated("third-party-operators", TAKEN, by, when, name=name, effective=when[:10])


def port(key: str, when: str, *, source: str = "third-party-operators", name: str = "") -> Stated:
    return stated(source, key, {"reason": "number not active"}, when, name=name)


def left(*facts: Stated, before: str = "2015-03-10 00:00") -> list[tuple[str, list[tuple[str, object]]]]:
    return [(message.at, message.says) for message in heard(until(before, *facts))]


REASON = {"reason": "number not active"}


@pytest.mark.parametrize("key", [FAILED, CANCELLED])
@pytest.mark.parametrize("source", ["third-party-operators", "journeys"])
def test_por_07_and_por_11_what_was_told_of_the_end_no_longer_holds(key: str, source: str) -> None:
    facts = [
        moved("2015-02-10 09:00"),
        stated("third-party-operators", SUPPORT, "other operator", "2015-02-10 09:00"),
        stated("contracts", ENDS_ON, "2015-02-27", "2015-02-10 09:00"),
        port(key, "2015-02-13 09:00", source=source),
    ]

    progress = until("2015-03-10 00:00", *facts)

    assert heard(progress)[1:] == [
        ("2015-02-16 08:00", [(key, REASON), (TAKEN, None), (SUPPORT, None), (ENDS_ON, None)], []),
    ]
    assert changed_from(progress)[3:] == [None, "other operator", "other operator", "2015-02-27"]
    assert ended(progress, facts[3]) == ["said"]
    assert promised(progress) == [(ENDS_ON, "value", "2015-02-27", "moved")]
    assert contracts(progress.state, at=at("2015-03-01 00:00")) == frozenset()


def test_a_request_falls_too_and_the_receipt_of_the_failure_is_all_that_is_said() -> None:
    ask, failed = requested("2015-02-10 09:00"), port(FAILED, "2015-02-10 10:00")

    progress = until("2015-03-10 00:00", ask, failed)

    assert heard(progress) == [("2015-02-11 08:00", [(FAILED, REASON)], [])]
    assert ended(progress, ask, failed) == [f"superseded by {failed.name}", "said"]


def test_a_later_takeover_overtakes_the_failure() -> None:
    failed, again = port(FAILED, "2015-02-10 09:00"), moved("2015-02-12 09:00")

    progress = until("2015-03-10 00:00", failed, again)

    assert [message.says for message in heard(progress)] == [[(FAILED, REASON)], [(TAKEN, "other operator")]]
    assert changed_from(progress) == [None, None]
    assert contracts(progress.state, at=at("2015-03-01 00:00")) == {"K-ADSL-1"}


def test_a_takeover_before_the_news_of_the_failure_makes_it_void() -> None:
    failed, again = port(FAILED, "2015-02-10 09:00"), moved("2015-02-10 10:00")

    progress = until("2015-03-10 00:00", failed, again)

    assert [message.says for message in heard(progress)] == [[(TAKEN, "other operator")]]
    assert ended(progress, failed) == [f"superseded by {again.name}"]


def test_a_second_failure_is_said_again() -> None:
    facts = [
        port(FAILED, "2015-02-10 09:00"),
        moved("2015-02-12 09:00"),
        port(FAILED, "2015-02-18 09:00"),
    ]

    assert left(*facts) == [
        ("2015-02-11 08:00", [(FAILED, REASON)]),
        ("2015-02-13 08:00", [(TAKEN, "other operator")]),
        ("2015-02-19 08:00", [(FAILED, REASON), (TAKEN, None)]),
    ]


def test_a_takeover_that_was_stated_by_mistake_leaves_the_failure_to_be_said_again() -> None:
    facts = [
        port(FAILED, "2015-02-10 09:00"),
        moved("2015-02-12 09:00", name="wrong"),
        withdrawn("wrong", "2015-02-18 09:00", source="third-party-operators"),
    ]

    assert left(*facts)[-1] == ("2015-02-19 08:00", [(FAILED, REASON), (TAKEN, None)])


def test_a_failure_that_was_none_is_said_to_be_void_and_the_takeover_holds_again() -> None:
    facts = [
        moved("2015-02-10 09:00"),
        port(FAILED, "2015-02-13 09:00", name="wrong"),
        withdrawn("wrong", "2015-02-18 09:00", source="third-party-operators"),
    ]

    assert [says for _, says in left(*facts)] == [
        [(TAKEN, "other operator")],
        [(FAILED, REASON), (TAKEN, None)],
        [(TAKEN, "other operator")],
    ]


def test_a_request_after_the_failure_stands() -> None:
    ask = requested("2015-02-12 09:00")

    progress = until("2015-03-10 00:00", port(FAILED, "2015-02-10 09:00"), ask)

    assert [message.says for message in heard(progress)] == [
        [(FAILED, REASON)],
        [("termination.requested", LETTER)],
    ]


def test_taking_a_termination_back_leaves_the_line_as_it_is() -> None:
    facts = [
        moved("2015-02-10 09:00"),
        stated("mailroom", "termination.withdrawn", LETTER, "2015-02-13 09:00"),
    ]

    assert [says for _, says in left(*facts)] == [
        [(TAKEN, "other operator")],
        [("termination.withdrawn", LETTER)],
    ]


def test_a_date_promised_for_the_line_is_no_promise_after_the_failure() -> None:
    facts = [
        moved("2015-02-10 09:00"),
        stated("journeys", FAILED, REASON, "2015-02-12 09:00"),
    ]

    assert promised(until("2015-03-10 00:00", *facts, with_equipment=[ADSL])) == []


def test_other_subjects_at_rest_do_not_end_after_a_failure() -> None:
    state = a_state(moved("2015-02-10 09:00"), port(CANCELLED, "2015-02-11 09:00"))

    assert contracts(state, at=at("2015-02-10 12:00")) == {"K-ADSL-1"}
    assert contracts(state, at=at("2015-02-11 12:00")) == frozenset()
