"""Why a message left when it did, and which rules of law stand behind its topics."""

from __future__ import annotations

from datetime import datetime

import pytest

from ligneclaire import law
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.voice.rules.grounds import LAW, Timing, timing
from ligneclaire.voice.topics import TOPICS

CALENDAR = Calendar()


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CALENDAR.tz)


@pytest.mark.parametrize(
    ("keys", "at", "reason"),
    [
        (["termination.requested", "contract.ends_on"], "2015-02-16T08:00", Timing.RECEIPT),
        (["closing_bill.date"], "2015-02-17T08:00", Timing.SETTLED),
        (["closing_bill.date"], "2015-02-16T08:00", Timing.IN_TIME),
        (["closing_bill.date"], "2015-02-19T08:00", Timing.HELD),
    ],
)
def test_a_message_left_for_a_reason(keys: list[str], at: str, reason: Timing) -> None:
    assert timing(keys, news_at=paris("2015-02-15T11:20"), at=paris(at), calendar=CALENDAR) is reason


def test_the_rules_behind_topics_are_in_the_law_of_france() -> None:
    assert LAW.keys() <= TOPICS.keys()
    assert {rule for rules in LAW.values() for rule in rules} <= {one.id for one in law.parameters("FR")}
