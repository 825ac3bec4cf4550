"""The engine, with a plan as small as can be: a kettle boils, tea is served, and a guest may go away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TypeAlias
from uuid import UUID

import pytest

from ligneclaire.flow.engine import Journey, Line, Moved, RulesDisagree, Saying, advance, begin
from ligneclaire.flow.plan import Heard, Plan, Says, Stands, Step, View
from ligneclaire.flow.states import JourneyState, StepState, Turn
from ligneclaire.kernel.calendar import Calendar

Tea: TypeAlias = View[None]
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
JOURNEY = UUID(int=7)


def said_at(view: Tea, key: str) -> datetime | None:
    found = view.stands.get(key)
    return found.said[0].at if found else None


def weigh(heard: Sequence[Heard]) -> Mapping[str, Stands]:
    """The last word counts; what its source took back is not heard."""
    gone = {fact.value["fact"] for fact in heard if fact.kind == "fact.withdrawn" and isinstance(fact.value, dict)}
    said: dict[str, list[Heard]] = {}
    for fact in heard:
        if fact.kind != "fact.withdrawn" and fact.source_id not in gone:
            said.setdefault(fact.kind, []).append(fact)
    return {key: Stands(value=facts[-1].value, effective=None, said=tuple(facts)) for key, facts in said.items()}


def tea_on(view: Tea) -> date:
    return view.day("tea.wished_on") or view.calendar.date_of(view.started_at)


TEA: Plan[None] = Plan(
    kind="tea",
    version=1,
    triggers=frozenset({"guest.came"}),
    begins=lambda stands: stands["guest.came"].said[0] if "guest.came" in stands else None,
    cancelled=lambda view: "guest.came" not in view.stands,
    steps=(
        Step(
            name="boil",
            department=lambda _: "kitchen",
            due=lambda view: view.calendar.date_of(view.started_at),
            closed=lambda view: said_at(view, "kettle.boiled"),
        ),
        Step(
            name="sweeten",
            department=lambda _: "kitchen",
            due=tea_on,
            closed=lambda view: said_at(view, "sugar.added"),
            wanted=lambda view: "sugar.wished" in view.stands,
        ),
        Step(
            name="serve",
            department=lambda _: "hall",
            after=("boil", "sweeten"),
            due=tea_on,
            closed=lambda view: said_at(view, "tea.served"),
        ),
    ),
    says=(Says(key="tea.ready", value=lambda view: "kettle.boiled" in view.stands or None),),
)


def fact(kind: str, at: datetime, value: object = "yes", *, source: str = "kitchen", number: int = 0) -> Heard:
    name = f"{kind}-{number}"
    return Heard(
        id=1, source=source, source_id=name, kind=kind, value=value, effective=None, at=at, recorded_at=at
    )  # fmt: skip


CAME = fact("guest.came", MONDAY)


def a_journey() -> Journey:
    return begin(TEA, CAME, uuid=JOURNEY, customer="C-1", subject="guest:1", at=MONDAY)


def moved(*heard: Heard, until: datetime, since: datetime | None = None, journey: Journey | None = None) -> Moved:
    return advance(
        TEA,
        journey or a_journey(),
        (CAME, *heard),
        since=since,
        until=until,
        terms=None,
        calendar=Calendar(),
        weigh=weigh,
    )


def steps(journey: Journey) -> dict[str, StepState]:
    return {row.name: row.state for row in journey.steps}


def turns(lines: Sequence[Line]) -> list[tuple[str, str]]:
    return [(str(line.turn), line.step or line.detail) for line in lines]


def test_a_journey_opens_what_comes_first_and_spares_what_nobody_wants() -> None:
    found = moved(until=MONDAY + HOUR)

    assert steps(found.journey) == {"boil": StepState.OPEN, "sweeten": StepState.SPARED, "serve": StepState.WAITING}
    assert turns(found.lines) == [("started", "kitchen/guest.came-0"), ("opened", "boil")]
    assert {row.expected_on for row in found.journey.steps} == {date(2026, 3, 2)}


def test_facts_close_steps_and_the_next_one_opens_at_the_same_instant() -> None:
    found = moved(fact("kettle.boiled", MONDAY + HOUR), until=MONDAY + 2 * HOUR)

    assert steps(found.journey)["serve"] is StepState.OPEN
    assert {row.name: row.opened_at for row in found.journey.steps}["serve"] == MONDAY + HOUR
    assert turns(found.lines)[2:] == [("closed", "boil"), ("opened", "serve"), ("stated", "tea.ready")]


def test_a_journey_ends_when_every_step_is_settled() -> None:
    found = moved(fact("kettle.boiled", MONDAY + HOUR), fact("tea.served", MONDAY + 2 * HOUR), until=MONDAY + 3 * HOUR)

    assert (found.journey.state, found.journey.ended_at) == (JourneyState.DONE, MONDAY + 2 * HOUR)
    assert found.journey.awaits == ()
    assert turns(found.lines)[-2:] == [("closed", "serve"), ("finished", "")]


def test_what_is_stated_early_closes_a_step_that_nobody_opened() -> None:
    found = moved(fact("tea.served", MONDAY + HOUR), until=MONDAY + 2 * HOUR)

    assert steps(found.journey) == {"boil": StepState.OPEN, "sweeten": StepState.SPARED, "serve": StepState.DONE}


def test_what_is_taken_back_is_done_again() -> None:
    boiled, wrong = fact("kettle.boiled", MONDAY + HOUR), MONDAY + 2 * HOUR
    found = moved(boiled, fact("fact.withdrawn", wrong, {"fact": "kettle.boiled-0"}), until=wrong + HOUR)

    boil, _, serve = found.journey.steps
    assert (boil.state, boil.times, boil.closed_at, boil.opened_at) == (StepState.OPEN, 2, None, wrong)
    assert serve.state is StepState.OPEN
    assert ("repeated", "boil") in turns(found.lines)


def test_what_is_wanted_later_is_no_longer_spared() -> None:
    found = moved(fact("sugar.wished", MONDAY + HOUR), until=MONDAY + 2 * HOUR)

    assert steps(found.journey)["sweeten"] is StepState.OPEN
    assert [row.times for row in found.journey.steps] == [1, 1, 1]


def test_what_is_wanted_no_longer_is_spared() -> None:
    wished = fact("sugar.wished", MONDAY + HOUR)
    found = moved(
        wished, fact("fact.withdrawn", MONDAY + 2 * HOUR, {"fact": "sugar.wished-0"}), until=MONDAY + 3 * HOUR
    )

    assert steps(found.journey)["sweeten"] is StepState.SPARED


def test_a_new_date_moves_a_step_and_is_noted() -> None:
    found = moved(fact("tea.wished_on", MONDAY + HOUR, "2026-03-05"), until=MONDAY + 2 * HOUR)

    assert {row.name: row.expected_on for row in found.journey.steps}["serve"] == date(2026, 3, 5)
    assert Line(at=MONDAY + HOUR, turn=Turn.RE_DATED, step="serve", detail="2026-03-02 2026-03-05") in found.lines


def test_a_step_is_not_expected_before_one_that_comes_first() -> None:
    later = replace(TEA.steps[0], due=lambda _: date(2026, 3, 9))
    plan = replace(TEA, steps=(later, *TEA.steps[1:]))
    found = advance(
        plan, a_journey(), [CAME], since=None, until=MONDAY + HOUR, terms=None, calendar=Calendar(), weigh=weigh
    )

    assert [row.expected_on for row in found.journey.steps] == [date(2026, 3, 9), date(2026, 3, 2), date(2026, 3, 9)]


def test_silence_past_its_date_hands_a_step_over_once() -> None:
    midnight = datetime(2026, 3, 2, 23, 0, tzinfo=UTC)  # of Paris
    before, later = moved(until=midnight), moved(until=midnight + 3 * DAY)

    assert before.journey.awaits == (midnight,)
    assert before.journey.steps[0].handed_over_at is None
    assert later.journey.steps[0].handed_over_at == midnight
    assert turns(later.lines)[2:] == [("handed over", "boil")]


def test_a_step_that_is_given_a_later_date_is_no_longer_late() -> None:
    midnight = datetime(2026, 3, 2, 23, 0, tzinfo=UTC)
    boiled = fact("kettle.boiled", MONDAY + HOUR)
    moved_on = fact("tea.wished_on", midnight + HOUR, "2026-03-20")
    late, again = moved(boiled, until=midnight + HOUR), moved(boiled, moved_on, until=midnight + 2 * HOUR)

    assert late.journey.steps[2].handed_over_at == midnight
    assert again.journey.steps[2].handed_over_at is None


def test_a_step_that_is_given_another_date_in_the_past_stays_late() -> None:
    midnight = datetime(2026, 3, 2, 23, 0, tzinfo=UTC)
    boiled = fact("kettle.boiled", MONDAY + HOUR)
    moved_back = fact("tea.wished_on", midnight + HOUR, "2026-03-01")
    again = moved(boiled, moved_back, until=midnight + 2 * HOUR)

    assert again.journey.steps[2].handed_over_at == midnight


def test_a_plan_says_a_thing_once_under_a_name_that_follows_from_the_journey() -> None:
    found = moved(
        fact("kettle.boiled", MONDAY + HOUR), fact("sugar.wished", MONDAY + 2 * HOUR), until=MONDAY + 3 * HOUR
    )

    assert [(saying.source_id, saying.kind, saying.value, saying.at) for saying in found.sayings] == [
        (f"{JOURNEY}/001", "tea.ready", True, MONDAY + HOUR)
    ]


def test_a_plan_takes_its_word_back_when_it_holds_no_longer() -> None:
    wrong = MONDAY + 2 * HOUR
    found = moved(
        fact("kettle.boiled", MONDAY + HOUR),
        fact("fact.withdrawn", wrong, {"fact": "kettle.boiled-0"}),
        until=wrong + HOUR,
    )

    assert [(saying.source_id, saying.kind, saying.value) for saying in found.sayings] == [
        (f"{JOURNEY}/001", "tea.ready", True),
        (f"{JOURNEY}/002", "fact.withdrawn", {"fact": f"{JOURNEY}/001"}),
    ]
    assert turns(found.lines)[-1] == ("taken back", "tea.ready")


def test_a_cancelled_journey_leaves_nothing_open_and_takes_back_what_it_said() -> None:
    gone = MONDAY + 2 * HOUR
    found = moved(
        fact("kettle.boiled", MONDAY + HOUR),
        fact("fact.withdrawn", gone, {"fact": "guest.came-0"}),
        until=gone + HOUR,
    )

    assert (found.journey.state, found.journey.ended_at, found.journey.awaits) == (JourneyState.CANCELLED, gone, ())
    assert steps(found.journey) == {
        "boil": StepState.DONE,
        "sweeten": StepState.SPARED,
        "serve": StepState.CANCELLED,
    }
    assert found.sayings[-1].value == {"fact": f"{JOURNEY}/001"}
    assert turns(found.lines)[-2:] == [("taken back", "tea.ready"), ("cancelled", "")]


def test_what_other_journeys_say_is_not_heard() -> None:
    other = replace(fact("kettle.boiled", MONDAY + HOUR, source="journeys"), source_id=f"{UUID(int=8)}/001")
    found = moved(other, until=MONDAY + 2 * HOUR)

    assert steps(found.journey)["boil"] is StepState.OPEN


def test_rules_that_undo_each_other_are_a_fault_and_no_endless_loop() -> None:
    moody: Says[None] = Says(key="tea.ready", value=lambda view: None if "tea.ready" in view.own else True)

    with pytest.raises(RulesDisagree, match="tea of guest:1 at 2026-03-02T09:00:00"):
        advance(
            replace(TEA, says=(moody,)),
            a_journey(),
            [CAME],
            since=None,
            until=MONDAY + HOUR,
            terms=None,
            calendar=Calendar(),
            weigh=weigh,
        )


@pytest.mark.parametrize("looks", [[1], [2, 4], [1, 2, 3, 4, 5, 6], [6]])
def test_looking_more_often_changes_nothing(looks: list[int]) -> None:
    heard = [
        fact("tea.wished_on", MONDAY + 2 * HOUR, "2026-03-04"),
        fact("kettle.boiled", MONDAY + 3 * HOUR),
        fact("fact.withdrawn", MONDAY + 4 * HOUR, {"fact": "kettle.boiled-0"}),
        fact("kettle.boiled", MONDAY + 5 * HOUR, number=1),
    ]
    at_once = moved(*heard, until=MONDAY + 4 * DAY)

    journey, since = a_journey(), None
    lines: list[Line] = []
    sayings: list[Saying] = []
    for until in [*(MONDAY + hours * HOUR for hours in looks), MONDAY + 4 * DAY]:
        known = [one for one in heard if one.recorded_at < until]
        own = [saying.as_heard(9) for saying in sayings]
        found = moved(*known, *own, until=until, since=since, journey=journey)
        journey, since = found.journey, until - timedelta(microseconds=1)
        lines += found.lines
        sayings += found.sayings

    assert (journey, lines, sayings) == (at_once.journey, list(at_once.lines), list(at_once.sayings))
