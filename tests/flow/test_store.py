"""Journeys are kept as rows and loaded as they were, in a fixed number of queries; what must never be is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.apps import apps
from django.db import IntegrityError, ProgrammingError, connection, models, transaction
from pytest_django import DjangoAssertNumQueries

from builders import refused_by
from ligneclaire.facts.record import record
from ligneclaire.facts.stated import Statement
from ligneclaire.flow import store
from ligneclaire.flow.engine import Journey, Line, Moved
from ligneclaire.flow.models import Journey as JourneyRow
from ligneclaire.flow.models import Line as LineRow
from ligneclaire.flow.models import Step as Row
from ligneclaire.flow.models import Timer
from ligneclaire.flow.plan import StepRow
from ligneclaire.flow.queries import steps
from ligneclaire.flow.states import JourneyState, StepState, Turn
from ligneclaire.kernel.actor import SYSTEM

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
BOIL = StepRow(
    name="boil",
    department="kitchen",
    after=(),
    state=StepState.DONE,
    expected_on=date(2026, 3, 2),
    opened_at=MONDAY,
    closed_at=MONDAY + HOUR,
)
SERVE = StepRow(
    name="serve",
    department="hall",
    after=("boil", "sweeten"),
    state=StepState.OPEN,
    expected_on=date(2026, 3, 3),
    latest_on=date(2026, 3, 9),
    opened_at=MONDAY + HOUR,
    handed_over_at=MONDAY + 2 * HOUR,
    times=2,
)
LINES = (
    Line(at=MONDAY, turn=Turn.STARTED, detail="kitchen/g1"),
    Line(at=MONDAY + HOUR, turn=Turn.CLOSED, step="boil"),
)


def a_journey(number: int = 1, **changes: object) -> Journey:
    journey = Journey(
        uuid=UUID(int=number),
        kind="tea",
        version=3,
        customer=f"C-{number}",
        subject=f"guest:{number}",
        trigger="kitchen/g1",
        started_at=MONDAY,
        steps=(BOIL, SERVE),
        awaits=(MONDAY + 3 * HOUR, MONDAY + 5 * HOUR),
        lines=len(LINES),
    )
    return replace(journey, **changes)  # type: ignore[arg-type]  # passed on by name


def moved(journey: Journey, *lines: Line, untouched: frozenset[StepRow] = frozenset()) -> Moved:
    return Moved(journey=journey, untouched=untouched, sayings=(), lines=lines)


def kept(*journeys: Journey) -> None:
    """Keep journeys that have just begun."""
    store.keep([moved(journey, *LINES) for journey in journeys])


def ended(journey: Journey, *, state: JourneyState = JourneyState.DONE) -> Moved:
    """The same journey an hour later, when it is over."""
    over = replace(SERVE, state=StepState.DONE, closed_at=MONDAY + 4 * HOUR)
    lines = (Line(at=MONDAY + 4 * HOUR, turn=Turn.CLOSED, step="serve"), Line(at=MONDAY + 4 * HOUR, turn=Turn.FINISHED))
    later = replace(
        journey, state=state, ended_at=MONDAY + 4 * HOUR, steps=(BOIL, over), awaits=(), lines=journey.lines + 2
    )
    return moved(later, *lines, untouched=frozenset({BOIL}))


def log_of(journey: Journey) -> list[tuple[int, datetime, str, str, str]]:
    rows = LineRow.objects.filter(journey__uuid=journey.uuid).order_by("number")
    return list(rows.values_list("number", "at", "turn", "step", "detail"))


def test_a_journey_is_loaded_as_it_was_kept() -> None:
    kept(a_journey())

    assert store.journeys([("C-1", "guest:1")]) == {("C-1", "guest:1"): [a_journey()]}
    assert log_of(a_journey()) == [
        (0, MONDAY, "started", "", "kitchen/g1"),
        (1, MONDAY + HOUR, "closed", "boil", ""),
    ]


def test_what_moved_is_written_and_the_log_goes_on() -> None:
    kept(a_journey())
    served = replace(SERVE, state=StepState.DONE, closed_at=MONDAY + 4 * HOUR, handed_over_at=None)
    later = a_journey(steps=(BOIL, served), awaits=(MONDAY + 9 * HOUR,), lines=3)

    store.keep([moved(later, Line(at=MONDAY + 4 * HOUR, turn=Turn.CLOSED, step="serve"))])

    assert store.journeys([("C-1", "guest:1")]) == {("C-1", "guest:1"): [later]}
    assert [number for number, *_ in log_of(later)] == [0, 1, 2]


def test_a_step_that_is_as_before_is_not_written_again() -> None:
    kept(a_journey())
    pretended = replace(BOIL, department="hall")

    store.keep([moved(a_journey(steps=(pretended, SERVE)), untouched=frozenset({pretended, SERVE}))])

    assert store.journeys([("C-1", "guest:1")])["C-1", "guest:1"] == [a_journey()]


def test_of_a_journey_that_is_over_only_the_end_is_loaded() -> None:
    kept(a_journey())
    over = ended(a_journey())

    store.keep([over])

    bare = replace(over.journey, steps=(), awaits=())
    assert store.journeys([("C-1", "guest:1")]) == {("C-1", "guest:1"): [bare]}
    assert Timer.objects.count() == 0
    assert list(Row.objects.order_by("place").values_list("name", "state")) == [("boil", "done"), ("serve", "done")]


def test_one_that_ends_makes_room_for_one_that_begins() -> None:
    kept(a_journey())
    again = a_journey(uuid=UUID(int=9), started_at=MONDAY + 4 * HOUR)

    store.keep([moved(again, *LINES), ended(a_journey(), state=JourneyState.CANCELLED)])

    found = store.journeys([("C-1", "guest:1")])["C-1", "guest:1"]
    assert [(one.uuid.int, one.state) for one in found] == [(1, JourneyState.CANCELLED), (9, JourneyState.RUNNING)]


def test_only_what_was_asked_for_is_loaded() -> None:
    kept(a_journey(1), a_journey(2), a_journey(3, customer="C-1"))

    assert set(store.journeys([("C-1", "guest:1")])) == {("C-1", "guest:1")}
    assert store.journeys([]) == {}


def test_the_next_timer_of_each_customer_is_the_soonest_of_all_their_journeys() -> None:
    kept(a_journey(1), a_journey(2, customer="C-1", awaits=(MONDAY + 2 * HOUR,)), a_journey(3, awaits=()))

    assert store.next_timers(["C-1", "C-3", "C-4"]) == {"C-1": MONDAY + 2 * HOUR}


@pytest.mark.parametrize("count", [1, 3])
def test_loading_and_keeping_take_as_many_queries_for_three_as_for_one(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    journeys = [a_journey(number) for number in range(1, count + 1)]
    keys = [(journey.customer, journey.subject) for journey in journeys]

    with django_assert_num_queries(4):
        kept(*journeys)
    with django_assert_num_queries(3):
        assert len(store.journeys(keys)) == count
    with django_assert_num_queries(1):
        assert len(store.next_timers([customer for customer, _ in keys])) == count
    with django_assert_num_queries(1):
        assert len(steps.of([customer for customer, _ in keys])) == count
    with django_assert_num_queries(7):
        store.keep([ended(journey) for journey in journeys])


# What is heard of a subject


def stated(
    source: str,
    name: str,
    kind: str,
    value: object = 1,
    *,
    at: datetime = MONDAY,
    customer: str | None = "C-1",
    subject: str = "guest:1",
) -> None:
    statement = Statement(
        source=source,
        source_id=name,
        kind=kind,
        customer=customer,
        subject=subject,
        value=value,
        effective=None,
        at=at,
    )
    record([statement], by=SYSTEM, at=at)


def heard(*keys: str, until: datetime = MONDAY + HOUR, without: tuple[int, ...] = ()) -> dict[str, list[str]]:
    found = store.heard(keys or ("C-1",), families=("tea", "fact"), until=until, without=without)
    return {subject: [fact.source_id for fact in facts] for (_, subject), facts in found.items()}


def test_a_subject_moves_when_there_is_news_of_a_family_and_all_of_it_is_heard() -> None:
    stated("kitchen", "t1", "tea.served")
    stated("kitchen", "w1", "weather.nice")
    stated("kitchen", "w2", "weather.nice", subject="guest:2")
    stated("kitchen", "t3", "tea.served", customer="C-2", subject="guest:3")
    stated("kitchen", "t4", "tea.served", at=MONDAY + HOUR)

    assert heard("C-1", "C-2") == {"guest:1": ["t1"], "guest:3": ["t3"]}
    assert heard() == {"guest:1": ["t1"]}


def test_what_is_to_be_left_out_is_not_heard() -> None:
    stated("kitchen", "t1", "tea.served")
    stated("kitchen", "t2", "tea.served")
    [first, _] = store.heard(["C-1"], families=["tea"], until=MONDAY + HOUR, without=[])["C-1", "guest:1"]

    assert heard(without=(first.id,)) == {"guest:1": ["t2"]}


def test_a_timer_that_is_due_moves_its_subject() -> None:
    kept(a_journey())
    stated("kitchen", "w1", "weather.nice")

    assert heard(until=MONDAY + 3 * HOUR) == {}
    stated("kitchen", "t1", "tea.served", at=MONDAY - HOUR)
    assert heard(until=MONDAY + 3 * HOUR + HOUR) == {"guest:1": ["t1"]}


def test_what_takes_a_fact_back_is_heard_wherever_it_was_said() -> None:
    stated("kitchen", "t1", "tea.served")
    stated("kitchen", "b1", "fact.withdrawn", {"fact": "t1"}, subject="")

    assert heard() == {"": ["b1"], "guest:1": ["b1", "t1"]}


def test_what_took_a_fact_back_before_it_was_stated_is_heard_with_it() -> None:
    stated("kitchen", "b1", "fact.withdrawn", {"fact": "t1"}, customer=None, subject="")
    stated("hall", "b2", "fact.withdrawn", {"fact": "t1"}, customer=None, subject="")
    stated("kitchen", "t1", "tea.served", at=MONDAY + timedelta(minutes=1))

    assert heard() == {"guest:1": ["b1", "t1"]}


# As advisers see it


def test_journeys_are_listed_newest_first_with_their_steps_in_the_order_of_the_plan() -> None:
    kept(a_journey(1), a_journey(2, customer="C-1", started_at=MONDAY + HOUR, steps=(SERVE, BOIL)))

    newest, oldest = steps.of(["C-1"])

    assert (newest.uuid.int, newest.started_at, newest.steps) == (2, MONDAY + HOUR, (SERVE, BOIL))
    assert oldest == steps.Row(
        uuid=UUID(int=1),
        kind="tea",
        version=3,
        customer="C-1",
        subject="guest:1",
        trigger="kitchen/g1",
        state=JourneyState.RUNNING,
        started_at=MONDAY,
        ended_at=None,
        steps=(BOIL, SERVE),
    )


# What the database refuses


def a_row(**changes: object) -> JourneyRow:
    given: dict[str, object] = {
        "uuid": UUID(int=9),
        "kind": "tea",
        "version": 1,
        "customer": "C-1",
        "subject": "guest:1",
        "trigger": "kitchen/g9",
        "started_at": MONDAY,
        "state": "running",
        "lines": 0,
    }
    return JourneyRow.objects.create(**given | changes)


def a_step(**changes: object) -> Row:
    given: dict[str, object] = {
        "journey_id": UUID(int=1),
        "customer": "C-1",
        "place": 5,
        "name": "clear",
        "department": "hall",
        "after": [],
        "state": "waiting",
        "expected_on": date(2026, 3, 9),
    }
    return Row.objects.create(**given | changes)


def a_timer() -> Timer:
    return Timer.objects.create(journey_id=UUID(int=1), customer="C-1", due_at=MONDAY + 3 * HOUR)


def a_line() -> LineRow:
    return LineRow.objects.create(journey_id=UUID(int=1), number=1, at=MONDAY, turn="opened", step="boil")


BREAKS: dict[str, tuple[Callable[[], object], ...]] = {
    "journey_one_running": (a_row,),
    "journey_ended_when_not_running": (
        lambda: JourneyRow.objects.update(state="done"),
        lambda: JourneyRow.objects.update(ended_at=MONDAY),
    ),
    "flow_journey_uuid_key": (lambda: a_row(uuid=UUID(int=1), kind="coffee"),),
    "step_once": (lambda: a_step(name="boil"),),
    "step_open_since": (lambda: a_step(state="open"),),
    "step_closed_when_over": (
        lambda: a_step(state="done"),
        lambda: a_step(state="cancelled"),
        lambda: a_step(state="waiting", closed_at=MONDAY),
        lambda: a_step(state="brewing"),
    ),
    "step_times": (lambda: a_step(times=0),),
    "timer_once": (a_timer,),
    "line_once": (a_line,),
}


def constraints() -> Iterator[str]:
    for model in apps.get_app_config("flow").get_models():
        yield from (constraint.name for constraint in model._meta.constraints)
        unique = (field for field in model._meta.get_fields() if isinstance(field, models.UUIDField) and field.unique)
        yield from (f"{model._meta.db_table}_{field.name}_key" for field in unique)


@pytest.mark.parametrize(
    ("constraint", "change"), [(name, change) for name, changes in BREAKS.items() for change in changes]
)
def test_the_database_refuses(constraint: str, change: Callable[[], object]) -> None:
    kept(a_journey())

    with refused_by(constraint):
        change()


def test_every_constraint_is_broken_here_once() -> None:
    assert sorted(constraints()) == sorted(BREAKS)


@pytest.mark.parametrize("row", ["step", "timer", "line"])
def test_everything_belongs_to_a_journey(row: str) -> None:
    adding: dict[str, Callable[[], models.Model]] = {"step": a_step, "timer": a_timer, "line": a_line}

    with pytest.raises(IntegrityError, match=f'"flow_{row}_journey_id_'), transaction.atomic():  # noqa: PT012
        adding[row]()
        connection.check_constraints()


@pytest.mark.parametrize("change", [lambda: LineRow.objects.update(detail="x"), lambda: LineRow.objects.all().delete()])
def test_the_log_is_only_added_to(change: Callable[[], object]) -> None:
    kept(a_journey())

    with pytest.raises(ProgrammingError, match="permission denied for table flow_line"), transaction.atomic():
        change()

    assert len(log_of(a_journey())) == 2


def test_rows_name_themselves() -> None:
    kept(a_journey())

    assert str(JourneyRow.objects.get()) == "tea of guest:1"
    assert [str(row) for row in Row.objects.order_by("place")] == [f"{UUID(int=1)} boil", f"{UUID(int=1)} serve"]
    assert str(Timer.objects.earliest("due_at")) == f"{UUID(int=1)} 2026-03-02 12:00"
    assert [str(row) for row in LineRow.objects.order_by("number")] == [
        f"{UUID(int=1)} 0: started",
        f"{UUID(int=1)} 1: closed boil",
    ]
