"""How plans keep their dates: slips told or not, ages of what is open, how long plans took, to the last row."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4, uuid5

import pytest

from builders import a_world
from ligneclaire.cases.actions.open_cases import Need, open_cases
from ligneclaire.cases.states import CaseKind
from ligneclaire.facts.record import record
from ligneclaire.facts.stated import Statement
from ligneclaire.figures.actions.roll_up import roll_up
from ligneclaire.figures.queries import report
from ligneclaire.figures.rules import Figure, Span
from ligneclaire.flow import store
from ligneclaire.flow.engine import Journey, Moved
from ligneclaire.flow.plan import StepRow
from ligneclaire.flow.states import JourneyState, StepState
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.promises.models import Promise

pytestmark = pytest.mark.django_db
CALENDAR = Calendar(country="FR", zone="Europe/Paris")
WEEK = Span(first=date(2015, 2, 16), last=date(2015, 2, 20))
EVENING = datetime(2015, 2, 20, 21, tzinfo=UTC)
F = Figure
BILL, DEPOSIT, END = "closing_bill.date", "refund.deposit_by", "contract.ends_on"


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


def on(day: int, hour: int = 9) -> datetime:
    """An hour of a day of that February, or of the month before where the day is none of it."""
    return CALENDAR.at(date(2015, 2, 1) + timedelta(days=day - 1), time(hour))


def a_plan(
    name: str, *, began: datetime, ended: datetime | None = None, kind: str = "termination", state: str = ""
) -> None:
    """A plan of a contract of that name: its bill is made, or to be made, by billing."""
    bill = StepRow(
        name="issue_closing_bill",
        department="billing",
        after=(),
        state=StepState.DONE if ended else StepState.OPEN,
        expected_on=date(2015, 2, 28),
        opened_at=began,
        closed_at=ended,
    )
    journey = Journey(
        uuid=uuid5(UUID(int=0), name),
        kind=kind,
        version=1,
        customer="C-2001",
        subject=f"contract:{name}",
        trigger=f"mailroom/{name}",
        started_at=began,
        state=JourneyState(state or ("done" if ended else "running")),
        ended_at=ended,
        steps=(bill,) if kind == "termination" else (),
    )
    store.keep([Moved(journey=journey, untouched=frozenset(), sayings=(), lines=())])


def told(name: str, due: int, *, made: int, state: str = "open", closed: int | None = None, key: str = BILL) -> None:
    Promise.objects.create(
        customer="C-2001",
        subject=f"contract:{name}",
        key=key,
        matter="value",
        due_on=on(due).date(),
        made_by=uuid4(),
        made_at=on(made, 10),
        state=state,
        closed_at=on(closed, 10) if closed else None,
    )


def asked(name: str, *, day: int, wished: int | None) -> None:
    """The request that began a plan, or changed it, with a day that the customer named."""
    value = {"received_by": "letter"} | ({"wished_on": on(wished).date().isoformat()} if wished else {})
    statement = Statement(
        source="mailroom",
        source_id=name,
        kind="termination.requested",
        customer="C-2001",
        subject=f"contract:{name.partition('/')[0]}",
        value=value,
        effective=None,
        at=on(day),
    )
    record([statement], by=SYSTEM, at=on(day))


def counted(*figures: Figure) -> dict[tuple[Figure, str], int]:
    """What the week counts of some figures, all of Nora's."""
    roll_up(span=WEEK, zone="Europe/Paris", by=SYSTEM, at=EVENING)
    found = report.of(WEEK)
    assert {row.adviser for row in found.rows if row.figure in figures} <= {"A-1"}
    return {(row.figure, row.about): row.count for row in found.rows if row.figure in figures}


def test_a_date_that_slipped_was_told_in_time_or_broken() -> None:
    a_plan("K-1", began=on(2))
    a_plan("K-2", began=on(2), kind="withdrawal")
    told("K-1", 18, made=3, state="moved", closed=17)
    told("K-1", 19, made=17, state="broken", closed=20)
    told("K-1", 27, made=20)
    told("K-1", 17, made=3, state="broken", closed=18, key=DEPOSIT)  # no step of this plan has it
    told("K-2", 18, made=3, state="moved", closed=17)  # this topic is told by no step of this plan
    told("K-3", 18, made=3, state="moved", closed=17)  # of no plan

    assert counted(F.SLIPS_TOLD, F.SLIPS_BROKEN) == {
        (F.SLIPS_TOLD, "termination:billing"): 1,
        (F.SLIPS_BROKEN, "termination:billing"): 1,
    }


def test_a_date_that_came_earlier_or_changed_outside_the_week_did_not_slip() -> None:
    a_plan("K-1", began=on(2))
    told("K-1", 12, made=3, state="moved", closed=11)
    told("K-1", 25, made=11, state="moved", closed=17)
    told("K-1", 20, made=17)

    assert counted(F.SLIPS_TOLD, F.SLIPS_BROKEN) == {}


def test_what_is_open_stands_in_the_bucket_of_its_age() -> None:
    ages = {"K-0": 0, "K-4": 4, "K-5": 5, "K-14": 14, "K-15": 15, "K-31": 31, "K-365": 365, "K-366": 366}
    for name, age in ages.items():
        a_plan(name, began=on(20 - age, 20))
    a_plan("K-8", began=on(11), ended=on(19))
    a_plan("K-9", began=on(11), ended=on(19), state="cancelled")
    for name, day in (("A", 16), ("B", 1)):
        need = Need(kind=CaseKind.CONVERSATION, owner="A-1", opened_at=on(day))
        open_cases(needs={("C-2001", f"customer:{name}"): need}, by=SYSTEM, at=on(day))

    assert counted(F.OPEN_PLANS_BY_AGE, F.OPEN_CASES_BY_AGE) == {
        (F.OPEN_PLANS_BY_AGE, "termination:4"): 2,
        (F.OPEN_PLANS_BY_AGE, "termination:8"): 1,
        (F.OPEN_PLANS_BY_AGE, "termination:14"): 1,
        (F.OPEN_PLANS_BY_AGE, "termination:30"): 1,
        (F.OPEN_PLANS_BY_AGE, "termination:365"): 2,
        (F.OPEN_PLANS_BY_AGE, "termination:more"): 1,
        (F.OPEN_CASES_BY_AGE, "conversation:4"): 1,
        (F.OPEN_CASES_BY_AGE, "conversation:30"): 1,
    }


def test_how_long_a_plan_took_is_counted_in_hours_then_in_days() -> None:
    a_plan("K-1", began=on(17, 9), ended=on(17, 12))
    a_plan("K-2", began=on(13, 9), ended=on(17, 9))
    a_plan("K-3", began=on(13, 9), ended=on(17, 10))
    a_plan("K-4", began=on(2, 9), ended=on(18, 8), kind="withdrawal")
    a_plan("K-5", began=on(2, 9), ended=on(18, 8), state="cancelled")
    a_plan("K-6", began=on(2, 9), ended=on(13, 8))  # before the week

    assert counted(F.PLANS_DONE, F.PLANS_TIMED) == {
        (F.PLANS_DONE, "termination"): 3,
        (F.PLANS_DONE, "withdrawal"): 1,
        (F.PLANS_TIMED, "termination:3"): 1,
        (F.PLANS_TIMED, "termination:96"): 1,
        (F.PLANS_TIMED, "termination:120"): 1,
        (F.PLANS_TIMED, "withdrawal:384"): 1,
    }


def test_a_plan_whose_customer_asked_for_a_later_day_says_nothing_of_our_speed() -> None:
    for name, wished in (("K-1", None), ("K-2", 9), ("K-3", 10)):
        asked(name, day=9, wished=wished)
        a_plan(name, began=on(9), ended=on(17))

    assert counted(F.PLANS_DONE, F.PLANS_TIMED) == {
        (F.PLANS_DONE, "termination"): 3,
        (F.PLANS_TIMED, "termination:192"): 2,
    }


def test_a_commitment_is_the_date_that_was_told_first() -> None:
    a_plan("K-1", began=on(9), ended=on(18))  # kept
    told("K-1", 18, made=10, state="kept", closed=18)
    a_plan("K-2", began=on(9), ended=on(18))  # moved in time, yet not what was told first
    told("K-2", 17, made=10, state="moved", closed=16)
    told("K-2", 18, made=16, state="kept", closed=18)
    a_plan("K-3", began=on(9), ended=on(18))  # nothing was told
    told("K-3", 12, made=2, state="kept", closed=12)  # of what was before

    assert counted(F.COMMITMENTS, F.COMMITMENTS_KEPT) == {
        (F.COMMITMENTS, "termination"): 2,
        (F.COMMITMENTS_KEPT, "termination"): 1,
    }


def test_a_customer_who_then_chose_a_later_day_leaves_no_commitment() -> None:
    for name, wished in (("K-1", 17), ("K-2", 18)):
        asked(name, day=9, wished=None)
        a_plan(name, began=on(9), ended=on(18))
        told(name, 17, made=10, state="moved", closed=16)
        asked(f"{name}/again", day=12, wished=wished)

    assert counted(F.COMMITMENTS, F.COMMITMENTS_KEPT) == {(F.COMMITMENTS, "termination"): 1}
