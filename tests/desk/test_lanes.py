"""A plan is laid out in time: who has what from when to when, what is late, what was told otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from ligneclaire.desk.lanes import Drawing, drawing, is_late
from ligneclaire.flow.states import JourneyState, StepState
from ligneclaire.journeys.queries.plans import PlanCard, PlanStep
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.voice.wording.plans import for_adviser

CALENDAR = Calendar()
TODAY = date(2026, 3, 12)
NAMES = {"contracts": "Contracts", "equipment": "Equipment"}


def on(day: int) -> datetime:
    return datetime(2026, 3, day, 9, tzinfo=UTC)


def a_step(name: str, department: str, state: StepState, expected: int, **more: object) -> PlanStep:
    step = PlanStep(
        name=name,
        department=department,
        state=state,
        expected_on=date(2026, 3, expected),
        promised_on=None,
        latest_on=None,
        closed_at=None,
        handed_over_at=None,
        is_inside=False,
    )
    return replace(step, **more)  # type: ignore[arg-type]  # passed on by name


RECEIVED = a_step("receive", "customer-service", StepState.DONE, 2, opened_at=on(2), closed_at=on(2))
SET = a_step("state_end", "contracts", StepState.OPEN, 10, opened_at=on(2), after=("receive",))
RETURNED = a_step(
    "return_equipment",
    "equipment",
    StepState.WAITING,
    20,
    promised_on=date(2026, 3, 17),
    after=("receive", "state_end"),
)
NOTICE = a_step("run_notice", "contracts", StepState.WAITING, 22, promised_on=date(2026, 3, 22), after=("state_end",))


def drawn(*steps: PlanStep, today: date = TODAY, ended_at: datetime | None = None) -> Drawing:
    card = PlanCard(
        uuid=UUID(int=1),
        kind="termination",
        customer="C-2001",
        subject="contract:K-ADSL-1",
        trigger="mailroom/e1",
        state=JourneyState.DONE if ended_at else JourneyState.RUNNING,
        started_at=on(2),
        ended_at=ended_at,
        steps=steps,
    )
    lines = for_adviser(card, contract="Fibre", departments=NAMES, calendar=CALENDAR, language="en")
    return drawing(card, lines, today=today, calendar=CALENDAR)


def test_each_department_has_a_lane_with_its_steps_in_the_order_of_the_plan() -> None:
    found = drawn(RECEIVED, SET, RETURNED, NOTICE)

    assert [(lane.who, [bar.drawn.what for bar in lane.bars]) for lane in found.lanes] == [
        ("customer-service", ["Request received"]),
        ("Contracts", ["End date set", "End of the contract"]),
        ("Equipment", ["Return of the equipment"]),
    ]


def test_a_step_reaches_from_the_day_it_opened_to_the_day_it_is_expected_or_ended() -> None:
    # From 28 February, two days before the first, to 24 March: 24 days.
    found = drawn(RECEIVED, SET, RETURNED, NOTICE)

    assert [(bar.starts, bar.ends, bar.length) for bar in found.by_date] == [
        ("8.33%", "8.33%", ""),
        ("8.33%", "41.67%", "33.33%"),
        ("83.33%", "83.33%", ""),
        ("91.67%", "91.67%", ""),
    ]
    assert found.today == "50.00%"


def test_what_is_late_runs_on_to_today_and_what_was_told_is_marked() -> None:
    found = drawn(RECEIVED, SET, RETURNED, NOTICE)

    assert [(bar.is_late, bar.overruns_from, bar.overrun, bar.promised) for bar in found.by_date] == [
        (False, "8.33%", "", ""),
        (True, "41.67%", "8.33%", ""),
        (False, "83.33%", "", "70.83%"),
        (False, "91.67%", "", "91.67%"),
    ]


def test_what_comes_before_is_named_and_what_of_it_is_not_over() -> None:
    found = drawn(RECEIVED, SET, RETURNED, NOTICE)

    assert [(bar.drawn.after, bar.waits_for) for bar in found.by_date] == [
        ((), ()),
        (("Request received",), ()),
        (("Request received", "End date set"), ("End date set",)),
        (("End date set",), ("End date set",)),
    ]


def test_a_plan_that_is_over_ends_where_it_ended_and_waits_for_nothing() -> None:
    done = replace(SET, state=StepState.DONE, closed_at=on(9), promised_on=date(2026, 3, 10))
    found = drawn(RECEIVED, done, today=date(2027, 1, 4), ended_at=on(9))

    assert found.today == ""
    assert [(bar.ends, bar.promised, bar.waits_for, bar.is_late) for bar in found.by_date] == [
        ("11.11%", "", (), False),
        ("88.89%", "", (), False),
    ]


@pytest.mark.parametrize(
    ("last", "ticks"),
    [
        (3, ["1 Mar", "2 Mar", "3 Mar", "4 Mar"]),
        (12, ["2 Mar", "4 Mar", "6 Mar", "8 Mar", "10 Mar", "12 Mar"]),
        (31, ["2 Mar", "9 Mar", "16 Mar", "23 Mar", "30 Mar"]),
    ],
)
def test_days_are_named_as_often_as_there_is_room_and_weeks_on_mondays(last: int, ticks: list[str]) -> None:
    found = drawn(RECEIVED, a_step("run_notice", "contracts", StepState.WAITING, last), today=date(2026, 3, 2))

    assert [f"{tick.day.day} {tick.day:%b}" for tick in found.ticks] == ticks


@pytest.mark.parametrize(
    ("step", "late"),
    [
        (SET, True),
        (replace(SET, expected_on=TODAY), False),
        (replace(SET, expected_on=date(2026, 3, 20), promised_on=date(2026, 3, 11)), True),
        (replace(SET, expected_on=date(2026, 3, 20), handed_over_at=on(11)), True),
        (replace(SET, state=StepState.WAITING), False),
    ],
)
def test_a_step_is_late_when_it_is_somebodys_turn_and_its_day_has_passed(step: PlanStep, late: bool) -> None:  # noqa: FBT001
    assert is_late(step, TODAY) is late
