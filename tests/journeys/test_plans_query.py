"""Plans as advisers and customers see them: a promised date is one that was told and still holds."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from ligneclaire.flow.queries import steps
from ligneclaire.flow.states import JourneyState, StepState
from ligneclaire.journeys.queries import plans
from ligneclaire.promises.queries import pledges
from ligneclaire.voice.queries.day import DayList
from today import listed
from world import Stage, World

pytestmark = pytest.mark.django_db
CONTRACTS = {"C-2001": "K-ADSL-1", "C-4001": "K-FIX-7", "C-4002": "K-FIX-9"}


@pytest.fixture
def world() -> World:
    """Three customers asked to end a contract by letter."""
    world = World()
    world.it_is("2015-02-10 09:00")
    for contract in CONTRACTS.values():
        world.department("mailroom").passes_on("termination.requested", of=contract, received_by="letter")
    world.it_is("2015-02-12 09:00")
    return world


def shown(customer: str = "C-2001") -> dict[str, tuple[str, str | None]]:
    """When each step that tells its date is expected, and which date was told."""
    [card] = plans.of([customer], pledges.of([customer]))[customer]
    dated = {"run_notice", "return_equipment", "issue_closing_bill", "refund_deposit"}
    return {
        step.name: (step.expected_on.isoformat(), step.promised_on.isoformat() if step.promised_on else None)
        for step in card.steps
        if step.name in dated
    }


def test_nothing_is_promised_before_it_was_told(world: World) -> None:
    world.department("contracts").states("contract.ends_on", "2015-02-24")
    world.it_is("2015-02-12 10:00")

    assert shown() == {
        "run_notice": ("2015-02-24", None),
        "return_equipment": ("2015-03-11", None),
        "issue_closing_bill": ("2015-03-11", None),
        "refund_deposit": ("2015-03-21", None),
    }


def test_what_was_told_stays_promised_until_another_date_is_told(world: World) -> None:
    world.department("contracts").states("contract.ends_on", "2015-02-24")
    world.it_is("2015-02-18 10:00")
    told = shown()
    world.department("contracts").states("contract.ends_on", "2015-03-20")
    world.it_is("2015-02-18 10:01")
    before_the_letter = shown()
    world.it_is("2015-02-20 12:00")

    assert told["run_notice"] == ("2015-02-24", "2015-02-24")
    assert before_the_letter["run_notice"] == ("2015-03-20", "2015-02-24")
    assert shown() == {
        "run_notice": ("2015-03-20", "2015-03-20"),
        "return_equipment": ("2015-04-04", "2015-04-04"),
        "issue_closing_bill": ("2015-04-04", None),
        "refund_deposit": ("2015-04-14", None),
    }


def test_what_was_told_to_hold_no_longer_is_not_promised(world: World) -> None:
    world.department("contracts").states("contract.ends_on", "2015-02-24")
    world.it_is("2015-02-18 10:00")
    told = shown()
    world.department("mailroom").passes_on("termination.withdrawn", received_by="letter")
    world.it_is("2015-02-20 12:00")

    assert told["run_notice"] == ("2015-02-24", "2015-02-24")
    assert {promised for _, promised in shown().values()} == {None}
    [card] = plans.of(["C-2001"], {})["C-2001"]
    assert card.state is JourneyState.CANCELLED


def test_a_promise_of_another_contract_is_no_promise_of_this_one(world: World) -> None:
    world.department("mailroom").passes_on("termination.requested", of="K-MOB-2", received_by="letter")
    world.department("contracts").states("contract.ends_on", "2015-02-24", of="K-MOB-2")
    world.it_is("2015-02-16 12:00")

    newest, oldest = plans.of(["C-2001"], pledges.of(["C-2001"]))["C-2001"]

    promised = {
        card.subject: {step.name: step.promised_on for step in card.steps}["run_notice"] for card in (newest, oldest)
    }
    assert promised == {"contract:K-MOB-2": date(2015, 2, 24), "contract:K-ADSL-1": None}


def test_steps_that_a_customer_does_not_need_are_not_shown(world: World) -> None:
    [card] = plans.of(["C-2001"], {})["C-2001"]

    assert [step.name for step in card.steps] == [
        *("receive", "acknowledge", "state_end", "run_notice", "release_line", "return_equipment"),
        *("issue_closing_bill", "refund_deposit", "say_goodbye"),
    ]
    [row] = steps.of(["C-2001"])
    assert [step.name for step in row.steps if step.state is StepState.SPARED] == ["remind", "charge", "refund_advance"]
    assert (card.kind, card.state, card.ended_at) == ("termination", JourneyState.RUNNING, None)


def test_the_law_has_the_last_day_where_it_names_one(world: World) -> None:
    [card] = plans.of(["C-2001"], {})["C-2001"]

    assert {step.name: step.latest_on for step in card.steps if step.latest_on} == {
        "run_notice": date(2015, 2, 20),
        "release_line": date(2015, 2, 20),
        "refund_deposit": date(2015, 3, 17),
    }


@pytest.mark.parametrize("count", [1, 3])
def test_plans_take_one_query(world: World, count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    customers = list(CONTRACTS)[:count]
    promised = pledges.of(customers)

    with django_assert_num_queries(1):
        found = plans.of(customers, promised)

    assert sorted(found) == customers


def test_who_has_no_plan_is_not_named(world: World) -> None:
    assert plans.of(["C-5001"], {}) == {}


def late(limit: int = 99) -> list[tuple[str, str, str, date]]:
    """The steps that passed their day in silence, as an adviser sees them of whom none is."""
    rows = listed(DayList.STEPS, on=date(2015, 3, 8), adviser="A-3", limit=limit)
    return [(step.customer, step.name, step.department, step.expected_on) for step in rows]


@pytest.mark.parametrize("limit", [1, 3, 99])
def test_silence_of_a_department_is_work_for_owners(
    world: World, limit: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    world.it_is("2015-03-02 12:00")
    assert late(limit) == []

    world.it_is("2015-03-08 12:00")
    with django_assert_num_queries(1):
        found = late(limit)

    assert (
        found
        == [
            ("C-4001", "refund_deposit", "Facturation", date(2015, 3, 2)),
            ("C-4002", "refund_deposit", "Facturation", date(2015, 3, 2)),
            ("C-2001", "return_equipment", "Équipements", date(2015, 3, 7)),
            ("C-2001", "issue_closing_bill", "Facturation", date(2015, 3, 7)),
            ("C-4001", "issue_closing_bill", "Facturation", date(2015, 3, 7)),
            ("C-4002", "issue_closing_bill", "Facturation", date(2015, 3, 7)),
        ][:limit]
    )


def test_a_step_that_is_late_stays_so_until_its_department_speaks(world: World) -> None:
    world.it_is("2015-03-08 12:00")
    before = len(late())
    world.department("billing").states("closing_bill.issued", "2015-03-08")
    world.it_is("2015-03-08 12:01")

    assert (before, len(late())) == (6, 5)
    assert Stage("issue_closing_bill", "billing", "2015-03-07", None, "done") in world.customer("C-2001").plan()
