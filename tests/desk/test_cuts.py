"""A line that the network cut is an alarm, first in the day, until it works again."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from builders import a_world
from ligneclaire.facts.record import record
from ligneclaire.facts.stated import Statement
from ligneclaire.flow import store
from ligneclaire.flow.engine import Journey, Moved
from ligneclaire.flow.plan import StepRow
from ligneclaire.flow.states import JourneyState, StepState
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.voice.queries.day import DayList
from today import listed
from world import MONDAY

pytestmark = pytest.mark.django_db
AT = datetime.fromisoformat(MONDAY)
SUBJECT = "contract:K-ADSL-1"


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


def known(kind: str, source_id: str = "9") -> None:
    statement = Statement(
        source="network",
        source_id=source_id,
        kind=kind,
        customer="C-2001",
        subject=SUBJECT,
        value={},
        effective=None,
        at=AT,
    )
    record([statement], by=SYSTEM, at=AT)


def a_repair(kind: str = "fix_fault", *, state: JourneyState = JourneyState.RUNNING) -> None:
    restore = StepRow(
        name="restore",
        department="network",
        after=(),
        state=StepState.OPEN,
        expected_on=date(2015, 2, 18),
        opened_at=AT,
    )
    journey = Journey(
        uuid=UUID(int=1),
        kind=kind,
        version=1,
        customer="C-2001",
        subject=SUBJECT,
        trigger="network/9",
        started_at=AT,
        state=state,
        ended_at=None if state is JourneyState.RUNNING else AT + timedelta(hours=1),
        steps=(restore,),
    )
    store.keep([Moved(journey=journey, untouched=frozenset(), sayings=(), lines=())])


def test_a_cut_line_says_whose_it_is_and_by_when_it_works_again() -> None:
    known("line.cut")
    a_repair()

    [cut] = listed(DayList.CUTS, on=AT.date())

    assert (cut.is_mine, cut.customer, cut.subject, cut.owner_name) == (True, "C-2001", SUBJECT, "Nora Benali")
    assert (cut.plan, cut.cut_at, cut.expected_on) == (UUID(int=1), AT, date(2015, 2, 18))


@pytest.mark.parametrize(
    ("fact", "kind", "state"),
    [
        ("fault.reported", "fix_fault", JourneyState.RUNNING),  # the customer said so: no alarm of the network
        ("line.cut", "move_home", JourneyState.RUNNING),
        ("line.cut", "fix_fault", JourneyState.DONE),
    ],
)
def test_nothing_else_is_an_alarm(fact: str, kind: str, state: JourneyState) -> None:
    known(fact)
    known("line.cut", "10")  # of an earlier repair
    a_repair(kind, state=state)

    assert listed(DayList.CUTS, on=AT.date()) == ()
