"""Whatever arrives late, twice or never: each open step has a date, refunds are due in time, nothing is asked twice."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TypeAlias

from hypothesis import given, settings
from hypothesis import strategies as st

from journeys.contract import CALENDAR, INSTANT, TERMS, Contract, without_equipment
from ligneclaire.flow.engine import SOURCE
from ligneclaire.flow.plan import Heard
from ligneclaire.flow.states import JourneyState, StepState
from ligneclaire.journeys.terms import Terms

DEEP = 10 if os.environ.get("DEEP") else 1
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=CALENDAR.tz)
HOUR = timedelta(hours=1)
END = timedelta(days=200)
EUR = {"currency": "EUR"}
Event: TypeAlias = tuple[str, str, object, str]

DAYS = [f"2026-0{month}-{day:02}" for month in (3, 4) for day in (3, 12, 20, 28)]
EVENTS: list[Event] = [
    ("mailroom", "termination.requested", {"received_by": "letter"}, ""),
    ("space", "termination.requested", {"received_by": "online", "wished_on": "2026-04-15"}, ""),
    ("mailroom", "termination.withdrawn", {"received_by": "letter"}, ""),
    ("space", "withdrawal.requested", {"received_by": "online", "declared_at": "2026-03-02T09:00:00+01:00"}, ""),
    *(("third-party-operators", "line.taken_over_by", "other operator", day) for day in DAYS[:3]),
    ("third-party-operators", "port.failed", {}, ""),
    ("third-party-operators", "port.cancelled", {}, ""),
    *(("contracts", "contract.ends_on", day, "") for day in DAYS[1:5]),
    *(("billing", "closing_bill.date", day, "") for day in DAYS[2:5]),
    *(("billing", "closing_bill.issued", day, "") for day in DAYS[3:5]),
    *(("billing", "refund.paid", {"amount": amount, **EUR}, "") for amount in ("49.00", "73.50", "12.00")),
    ("billing", "refund.advance", {"amount": "12.00", **EUR}, ""),
    *(("equipment", "equipment.received", names, "") for names in (["box"], ["tv decoder"], ["box", "TV-1"])),
    *(("equipment", "equipment.return_by", day, "") for day in DAYS[4:6]),
    ("equipment", "equipment.penalty", {"amount": "300.00", **EUR}, ""),
    ("equipment", "equipment.days_after_formal_notice", 7, ""),
    ("equipment-south-west", "equipment.days_after_formal_notice", 10, ""),
]
TOLD = ["termination.requested", "equipment.missing", "equipment.formal_notice", "equipment.charged", "contract.closed"]

CLOCKS = [0, 0, 0, 0, 20, 3, -2, -50]  # hours by which the time of a source is ahead of ours

stated = st.tuples(st.integers(0, 2000), st.sampled_from(EVENTS), st.sampled_from(CLOCKS))
told = st.tuples(st.integers(0, 4000), st.sampled_from(TOLD))
withdrawn = st.tuples(st.integers(0, 3000), st.integers(0, 11))
terms = st.sampled_from(
    [
        TERMS,
        without_equipment(),
        replace(TERMS, deposit=None),
        replace(without_equipment(), kind="mobile", deposit=None),
    ]
)
schedules = st.tuples(
    st.lists(stated, min_size=1, max_size=12), st.lists(told, max_size=5), st.lists(withdrawn, max_size=2)
)
looks = st.lists(st.integers(0, 4000), max_size=8)
Schedule: TypeAlias = tuple[Sequence[tuple[int, Event, int]], Sequence[tuple[int, str]], Sequence[tuple[int, int]]]


def facts(schedule: Schedule) -> list[Heard]:
    events, messages, back = schedule
    found = [
        _fact(place, at, source, key, value, effective, ahead)
        for place, (at, (source, key, value, effective), ahead) in enumerate(events)
    ]
    for number, (at, key) in enumerate(messages, start=100):
        found.append(_fact(number, at, "channels", "channels.message_sent", {"topics": [key]}, ""))
    for number, (at, target) in enumerate(back, start=200):
        if target < len(events):
            source = events[target][1][0]
            found.append(_fact(number, at, source, "fact.withdrawn", {"fact": f"e{target}"}, ""))
    return found


def _fact(number: int, hours: int, source: str, key: str, value: object, effective: str, ahead: int = 0) -> Heard:
    at = MONDAY + hours * HOUR
    return Heard(
        id=number,
        source=source,
        source_id=f"e{number}",
        kind=key,
        value=value,
        effective=date.fromisoformat(effective) if effective else None,
        at=at + ahead * HOUR,
        recorded_at=at,
    )


def lived(schedule: Schedule, agreed: Terms, when: Sequence[int]) -> Contract:
    """Look at these hours and at the end."""
    contract, coming = Contract(terms=agreed), facts(schedule)
    for hours in [*sorted(set(when)), END // HOUR]:
        contract.now = MONDAY + hours * HOUR
        contract.heard += [fact for fact in coming if fact.recorded_at < contract.now + INSTANT]
        coming = [fact for fact in coming if fact.recorded_at >= contract.now + INSTANT]
        contract.look()
    return contract


def own(contract: Contract) -> list[tuple[str, str, object, datetime, datetime]]:
    """What the plans stated, in the order of its names."""
    return sorted(
        (fact.source_id, fact.kind, fact.value, fact.at, fact.recorded_at)
        for fact in contract.heard
        if fact.source == SOURCE
    )


@given(schedule=schedules, agreed=terms, when=looks)
@settings(max_examples=150 * DEEP)
def test_looking_more_often_or_late_changes_nothing(schedule: Schedule, agreed: Terms, when: Sequence[int]) -> None:
    often, once = lived(schedule, agreed, when), lived(schedule, agreed, [])

    assert sorted(often.journeys, key=repr) == sorted(once.journeys, key=repr)
    assert own(often) == own(once)
    assert sorted(often.lines, key=repr) == sorted(once.lines, key=repr)


@given(schedule=schedules, agreed=terms, when=looks)
@settings(max_examples=150 * DEEP)
def test_a_plan_never_loses_its_dates_and_asks_nothing_twice(
    schedule: Schedule, agreed: Terms, when: Sequence[int]
) -> None:
    contract = lived(schedule, agreed, when)

    for journey in contract.journeys:
        open_ = [row for row in journey.steps if row.state is StepState.OPEN]
        assert all(row.opened_at for row in open_)
        assert (journey.state is JourneyState.RUNNING) == any(
            row.state in {StepState.OPEN, StepState.WAITING} for row in journey.steps
        )
        # Whatever is late is in somebody's hands, and whatever is not is looked at again.
        today = CALENDAR.date_of(MONDAY + END)
        assert all(row.handed_over_at or row.expected_on >= today for row in open_)
        own = [fact for fact in contract.heard if fact.source_id.startswith(f"{journey.uuid}/")]
        asked = [
            (fact.kind, _taken_back(contract, fact))
            for fact in own
            if fact.kind in {"equipment.missing", "equipment.formal_notice"}
        ]
        assert len(asked) == len(set(asked))
        _charged_only_after_a_notice(contract, own)
        _refunds_are_due_in_time(contract, own)


def _taken_back(contract: Contract, fact: Heard) -> int:
    """How often the customer had taken a request back by then: what a port still ends is said anew after that."""
    return sum(other.kind == "termination.withdrawn" and other.at <= fact.at for other in contract.heard)


def _charged_only_after_a_notice(contract: Contract, own: Sequence[Heard]) -> None:
    for charged in (fact for fact in own if fact.kind == "equipment.charged"):
        *_, notice = [fact for fact in own if fact.kind == "equipment.formal_notice" and fact.at <= charged.at]
        last_day = date.fromisoformat(str(notice.value))
        assert CALENDAR.date_of(charged.at) > last_day
        for key, before in (("equipment.missing", notice.at), ("equipment.formal_notice", charged.at)):
            left = [
                fact.at
                for fact in contract.heard
                if isinstance(fact.value, dict) and key in fact.value.get("topics", ())
            ]
            assert min(left) <= before


def _refunds_are_due_in_time(contract: Contract, own: Sequence[Heard]) -> None:
    """TER-19: ten days from the last thing that came back."""
    for by in (fact for fact in own if fact.kind == "refund.deposit_by"):
        came = [
            CALENDAR.date_of(fact.at)
            for fact in contract.heard
            if fact.kind == "equipment.received" and fact.at <= by.at
        ]
        assert date.fromisoformat(str(by.value)) <= max(came) + timedelta(days=10)
