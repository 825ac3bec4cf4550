"""Whatever is late, lost or repeated: nothing is cut in silence, steps have days, and days move before they pass."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import TypeAlias

from hypothesis import given, settings
from hypothesis import strategies as st

from journeys.contract import CALENDAR, INSTANT, Contract
from ligneclaire.flow.engine import SOURCE
from ligneclaire.flow.plan import Heard
from ligneclaire.flow.states import JourneyState, StepState
from ligneclaire.kernel.calendar import DayKind

DEEP = 10 if os.environ.get("DEEP") else 1
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=CALENDAR.tz)
HOUR = timedelta(hours=1)
END = timedelta(days=120)
Event: TypeAlias = tuple[str, str, object, str]

DAYS = [f"2026-0{month}-{day:02}" for month in (3, 4) for day in (6, 13, 20, 27)]
EVENTS: list[Event] = [
    *(("shop", "move.requested", {"to": "3 rue du Four", "date": day, "signed": True}, "") for day in DAYS[:3]),
    ("space", "move.requested", {"to": "3 rue du Four", "date": DAYS[1], "signed": True, "cut_first": True}, ""),
    ("space", "move.withdrawn", {"received_by": "online"}, ""),
    ("shop", "line.requested", {"address": "5 rue du Four"}, ""),
    ("customer-service", "fault.reported", {"said": "no dial tone"}, ""),
    ("exchange", "line.cut", {"address": "12 rue Blatin"}, ""),
    ("exchange", "line.cut", {}, ""),
    ("exchange", "line.proven", {}, ""),
    ("exchange", "number.moved", {}, ""),
    ("technical-service", "fault.diagnosed", {"needs": "visit"}, ""),
    ("technical-service", "fault.diagnosed", {"needs": "remote"}, ""),
    ("field", "visit.closed", {"result": "line works", "pair": "63510-D4-017"}, ""),
    ("field", "visit.closed", {"result": "line works", "pair": "63000-A1-104"}, ""),
    ("field", "visit.closed", {"result": "line works", "pair": "63000-A1-104", "purpose": "repair"}, ""),
    ("field", "visit.closed", {"result": "line works", "pair": "63510-D4-018", "purpose": "move"}, ""),
    (
        "network",
        "network.given",
        {"resource": "63510-D4-017", "kind": "pair", "line": "K-1-2", "place": "3 rue du Four"},
        "",
    ),
    ("network", "network.given", {"resource": "63000-A1-104", "kind": "pair", "line": "K-1", "place": "old"}, ""),
    ("field", "visit.closed", {"result": "nobody at home", "none_because": "nobody at home"}, ""),
    *(("field", "visit.at", {"from": f"{day}T08:00:00+01:00", "to": f"{day}T10:00:00+01:00"}, "") for day in DAYS[:4]),
    *(
        ("visits", "visit.repair_at", {"from": f"{day}T14:00:00+01:00", "to": f"{day}T16:00:00+01:00"}, "")
        for day in DAYS[:2]
    ),
    *(("technical-service", "line.works_on", day, "") for day in DAYS[2:5]),
    *(("technical-service", "call", {"said": "done by then", "by": day}, "") for day in DAYS[1:4]),
    ("customer-service", "call", {"said": "tomorrow"}, ""),
    ("network", "network.build_ordered", {"kind": "pair", "line": "K-1"}, DAYS[5]),
    (
        "billing",
        "bill.issued",
        {"period": ["2026-03-01", "2026-03-31"], "amount": {"amount": "48.90", "currency": "EUR"}},
        "",
    ),
]
TOLD = ["move.requested", "line.lost", "fault.reported", "line.requested", "line.works", "credit.no_service"]
Schedule: TypeAlias = tuple[Sequence[tuple[int, Event, int]], Sequence[tuple[int, str]], Sequence[tuple[int, int]]]

# When it is recorded, what, and how many hours late: the same may come twice.
stated = st.tuples(st.integers(0, 1500), st.sampled_from(EVENTS), st.sampled_from([0, 0, 0, 3, 30, 200]))
told = st.tuples(st.integers(0, 1500), st.sampled_from(TOLD))
withdrawn = st.tuples(st.integers(0, 1500), st.integers(0, 11))
schedules = st.tuples(
    st.lists(stated, min_size=1, max_size=12), st.lists(told, max_size=5), st.lists(withdrawn, max_size=2)
)
looks = st.lists(st.integers(0, 2500), max_size=8)


def facts(schedule: Schedule) -> list[Heard]:
    events, messages, back = schedule
    found = [
        _fact(place, at, source, key, value, effective, late)
        for place, (at, (source, key, value, effective), late) in enumerate(events)
    ]
    found += [
        _fact(number, at, "channels", "channels.message_sent", {"topics": [key]}, "", 0)
        for number, (at, key) in enumerate(messages, start=100)
    ]
    found += [
        _fact(number, at, events[target][1][0], "fact.withdrawn", {"fact": f"e{target}"}, "", 0)
        for number, (at, target) in enumerate(back, start=200)
        if target < len(events)
    ]
    return found


def _fact(number: int, hours: int, source: str, key: str, value: object, effective: str, late: int) -> Heard:
    recorded_at = MONDAY + hours * HOUR
    return Heard(
        id=number,
        source=source,
        source_id=f"e{number}",
        kind=key,
        value=value,
        effective=date.fromisoformat(effective) if effective else None,
        at=recorded_at - late * HOUR,
        recorded_at=recorded_at,
    )


def lived(schedule: Schedule, when: Sequence[int]) -> Contract:
    """Look at these hours and at the end."""
    contract, coming = Contract(), facts(schedule)
    for hours in [*sorted(set(when)), END // HOUR]:
        contract.now = MONDAY + hours * HOUR
        contract.heard += [fact for fact in coming if fact.recorded_at < contract.now + INSTANT]
        coming = [fact for fact in coming if fact.recorded_at >= contract.now + INSTANT]
        contract.look()
    return contract


def own(contract: Contract) -> list[Heard]:
    """What the plans stated, in the order of its names."""
    return sorted((fact for fact in contract.heard if fact.source == SOURCE), key=lambda fact: fact.source_id)


@given(schedule=schedules, when=looks)
@settings(max_examples=100 * DEEP)
def test_looking_more_often_or_late_changes_nothing(schedule: Schedule, when: Sequence[int]) -> None:
    often, once = lived(schedule, when), lived(schedule, [])

    assert sorted(often.journeys, key=repr) == sorted(once.journeys, key=repr)
    assert [(f.source_id, f.kind, f.value, f.at) for f in own(often)] == [
        (f.source_id, f.kind, f.value, f.at) for f in own(once)
    ]
    assert sorted(often.lines, key=repr) == sorted(once.lines, key=repr)


@given(schedule=schedules, when=looks)
@settings(max_examples=150 * DEEP)
def test_no_line_is_cut_in_silence_and_no_plan_cuts_one_before_its_replacement_works(
    schedule: Schedule, when: Sequence[int]
) -> None:
    contract = lived(schedule, when)

    for move in contract.all_of("move_home"):
        last, proof = (next(row for row in move.steps if row.name == name) for name in ("cut_old_line", "prove_line"))
        if last.opened_at or last.closed_at:
            assert proof.closed_at is not None
            assert last.opened_at is None or last.opened_at >= proof.closed_at
    withdrawals = [fact.value for fact in contract.heard if fact.kind == "fact.withdrawn"]
    taken_back = {value["fact"] for value in withdrawals if isinstance(value, dict)}
    cuts = [fact for fact in contract.heard if fact.kind == "line.cut" and fact.source_id not in taken_back]
    for cut in cuts:
        proofs = [fact for fact in contract.heard if fact.at <= cut.at and _shows_that_it_works(fact, contract.heard)]
        chosen = [fact for fact in contract.heard if fact.at <= cut.at and _chose_to_cut_first(fact)]
        if not proofs and not chosen:
            assert any(
                one.started_at <= cut.recorded_at and (one.ended_at is None or one.ended_at >= cut.at)
                for one in contract.all_of("fix_fault")
            )


@given(schedule=schedules, when=looks)
@settings(max_examples=150 * DEEP)
def test_a_move_is_proven_by_what_was_said_of_the_new_line(schedule: Schedule, when: Sequence[int]) -> None:
    contract = lived(schedule, when)

    for move in contract.all_of("move_home"):
        proof = next(row for row in move.steps if row.name == "prove_line")
        if proof.state is StepState.DONE:
            assert any(
                fact.at == proof.closed_at and _shows_that_it_works(fact, contract.heard) for fact in contract.heard
            )


def _shows_that_it_works(fact: Heard, heard: Sequence[Heard]) -> bool:
    """A visit that names the old pair says nothing of the new line; one that names the new does if the records do."""
    value = fact.value if isinstance(fact.value, dict) else {}
    given = {one.value["resource"] for one in heard if one.kind == "network.given" and isinstance(one.value, dict)}
    return fact.kind == "line.proven" or (
        fact.kind == "visit.closed"
        and value["result"] == "line works"
        and (value.get("purpose") == "move" or (value["pair"] == "63510-D4-017" and "63510-D4-017" in given))
    )


def _chose_to_cut_first(fact: Heard) -> bool:
    return fact.kind == "move.requested" and isinstance(fact.value, dict) and fact.value.get("cut_first") is True


@given(schedule=schedules, when=looks)
@settings(max_examples=150 * DEEP)
def test_every_open_step_has_a_day_and_whoever_is_late_is_known(schedule: Schedule, when: Sequence[int]) -> None:
    contract = lived(schedule, when)
    today = CALENDAR.date_of(MONDAY + END)

    for journey in contract.journeys:
        open_ = [row for row in journey.steps if row.state is StepState.OPEN]
        assert all(row.opened_at and row.expected_on for row in open_)
        assert all(row.handed_over_at or row.expected_on >= today for row in open_)
        assert (journey.state is JourneyState.RUNNING) == any(
            row.state in {StepState.OPEN, StepState.WAITING} for row in journey.steps
        )


@given(schedule=schedules, when=looks)
@settings(max_examples=150 * DEEP)
def test_a_day_that_was_said_is_moved_before_it_is_over_or_had_somebody_who_stood_for_it(
    schedule: Schedule, when: Sequence[int]
) -> None:
    contract = lived(schedule, when)

    for key in ("line.works_on", "line.restored_by"):
        said = [fact for fact in own(contract) if fact.kind == key]
        for earlier, later in pairwise(said):
            is_one_plan = earlier.source_id.split("/")[0] == later.source_id.split("/")[0]
            if not is_one_plan or _worked_between(contract, earlier, later):
                continue
            told = date.fromisoformat(str(earlier.value))
            last_dispatch = CALENDAR.at(CALENDAR.subtract(told, 1, DayKind.OUVRE), time(8, 0))
            was_in_time = later.recorded_at <= last_dispatch or last_dispatch <= earlier.recorded_at
            assert was_in_time or _somebody_stood_for(contract, told)
            assert date.fromisoformat(str(later.value)) > told


def _worked_between(contract: Contract, earlier: Heard, later: Heard) -> bool:
    kinds = {"line.works", "line.restored"}
    return any(fact.kind in kinds and earlier.at < fact.at < later.at for fact in own(contract))


def _somebody_stood_for(contract: Contract, told: date) -> bool:
    """A department's own day, up to the one that was said: broken by it, counted, and shown."""
    days = [day for fact in contract.heard if fact.source != SOURCE and (day := _day_of(fact)) and day <= told]
    return bool(days)


def _day_of(fact: Heard) -> date | None:
    value = fact.value if isinstance(fact.value, dict) else {}
    match fact.kind:
        case "line.works_on":
            return date.fromisoformat(str(fact.value))
        case "visit.at" | "visit.repair_at":
            return datetime.fromisoformat(str(value["from"])).date()
        case "call" if "by" in value:
            return date.fromisoformat(str(value["by"]))
    return fact.effective
