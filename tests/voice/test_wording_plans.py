"""How a plan is drawn for an adviser: what was told, and beside it what is expected."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from ligneclaire.flow.states import JourneyState, StepState
from ligneclaire.journeys.queries.plans import PlanCard, PlanStep
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.voice.wording.plans import for_adviser

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
    step = PlanStep(
        name="run_notice",
        department="contracts",
        state=state,
        expected_on=EXPECTED,
        promised_on=promised_on,
        latest_on=None,
        closed_at=closed_at,
        handed_over_at=None,
        is_inside=False,
    )
    card = PlanCard(
        uuid=UUID(int=0),
        kind="termination",
        customer="C-2001",
        subject="contract:K-ADSL-1",
        state=JourneyState.RUNNING,
        trigger="contracts/x",
        started_at=THEN,
        ended_at=None,
        steps=(step,),
    )

    drawn = for_adviser(card, contract="Fibre", departments={}, calendar=Calendar(), language="en")

    assert (drawn.title, [line.when for line in drawn.steps]) == ("End of the contract Fibre", [when])
