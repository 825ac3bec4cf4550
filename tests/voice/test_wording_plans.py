"""How a plan is drawn: what was told, for an adviser beside what is expected, for a customer after what is done."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from ligneclaire.flow.states import JourneyState, StepState
from ligneclaire.journeys.queries.plans import PlanCard, PlanStep
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.voice.wording.plans import for_adviser, for_customer

EXPECTED, TOLD = date(2026, 3, 20), date(2026, 3, 12)
THEN = datetime(2026, 3, 21, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "promised_on", "closed_at", "when"),
    [
        (StepState.OPEN, None, None, "expected 20 March 2026"),
        (StepState.OPEN, TOLD, None, "expected 20 March 2026, told 12 March 2026"),
        (StepState.OPEN, EXPECTED, None, "told 20 March 2026"),
        (StepState.DONE, TOLD, THEN, "done 21 March 2026"),
        (StepState.CANCELLED, TOLD, THEN, "cancelled"),
    ],
)
def test_what_was_told_stands_beside_what_we_expect(
    state: StepState, promised_on: date | None, closed_at: datetime | None, when: str
) -> None:
    card = a_plan(a_step("run_notice", state, promised_on=promised_on, closed_at=closed_at))

    drawn = for_adviser(card, contract="Fibre", departments={}, calendar=Calendar(), language="en")

    assert (drawn.title, [line.when for line in drawn.steps]) == ("End of the contract Fibre", [when])


def test_a_customer_reads_what_is_done_by_its_day_and_then_what_is_to_come() -> None:
    later = THEN + timedelta(days=1)
    card = a_plan(
        a_step("run_notice", StepState.WAITING, promised_on=EXPECTED),
        a_step("release_line", StepState.DONE, closed_at=later),
        a_step("remind", StepState.CANCELLED, closed_at=THEN),
        a_step("receive", StepState.DONE, closed_at=THEN),
    )

    drawn = for_customer(card, contract="Fibre", calendar=Calendar(), language="en")

    assert [line.when for line in drawn.steps] == [
        "done 21 March 2026",
        "done 22 March 2026",
        "20 March 2026",
        "cancelled",
    ]


def a_step(
    name: str, state: StepState, *, promised_on: date | None = None, closed_at: datetime | None = None
) -> PlanStep:
    return PlanStep(
        name=name,
        department="contracts",
        state=state,
        expected_on=EXPECTED,
        promised_on=promised_on,
        latest_on=None,
        closed_at=closed_at,
        handed_over_at=None,
        is_inside=False,
    )


def a_plan(*steps: PlanStep) -> PlanCard:
    return PlanCard(
        uuid=UUID(int=0),
        kind="termination",
        customer="C-2001",
        subject="contract:K-ADSL-1",
        state=JourneyState.RUNNING,
        trigger="contracts/x",
        started_at=THEN,
        ended_at=None,
        steps=steps,
    )
