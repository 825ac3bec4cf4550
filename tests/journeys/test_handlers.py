"""What becomes known makes cases and plans, and what plans state is on record at that instant: all of it or nothing."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from random import Random

import pytest
from pytest_django import DjangoAssertNumQueries

from failpoints import Crash, crashes
from ligneclaire.cases.queries import cards
from ligneclaire.channels.queries import messages
from ligneclaire.config.wiring import deliver
from ligneclaire.facts.delivery import claims_of, next_due
from ligneclaire.facts.models import Delivery, Fact, Failure
from ligneclaire.facts.record import record
from ligneclaire.facts.stated import Statement
from ligneclaire.flow.models import Journey, Line, Step, Timer
from ligneclaire.journeys.handlers import Pursued, pursue
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.voice.actions.release_fact import release_fact
from ligneclaire.voice.actions.state_facts import state_facts
from ligneclaire.voice.intake import parse
from ligneclaire.voice.queries import rules
from ligneclaire.voice.rules.weigh import weigh
from world import INSTANT, World

pytestmark = pytest.mark.django_db
ASKED_AT = datetime.fromisoformat("2015-02-10T09:00:00+01:00")
NORA = Actor(ActorKind.ADVISER, "A-1")
ADSL = "contract:K-ADSL-1"
ONLINE = {"received_by": "online"}
FREE, DEPOSIT = {"amount": "0.00", "currency": "EUR"}, {"amount": "49.00", "currency": "EUR"}
EFFECTS = [
    ("contract.ends_on", "2015-02-20"),
    ("number.kept_until", "2015-04-01"),
    ("mailbox.kept_until", "2015-08-20"),
    ("fees.early_termination", FREE),
    ("equipment.to_return", ["box", "tv decoder"]),
    ("equipment.return_how", "prepaid label"),
    ("equipment.return_by", "2015-03-07"),
    ("refund.deposit", DEPOSIT),
]


@pytest.fixture
def world() -> World:
    world = World()
    world.it_is(ASKED_AT)
    return world


def asked(world: World, *, by: str = "online", of: str = "K-ADSL-1") -> None:
    world.department("space" if by == "online" else "mailroom").passes_on(
        "termination.requested", of=of, received_by=by
    )


def stated_by_plans() -> list[tuple[str, datetime, datetime]]:
    rows = Fact.objects.filter(source="journeys").order_by("at", "source_id")
    return list(rows.values_list("kind", "at", "recorded_at"))


def due_at(customer: str = "C-2001") -> datetime | None:
    return Delivery.objects.get(key=customer).due_at


def rows() -> dict[str, int]:
    """How many rows of each kind there are."""
    counted = {model.__name__: model.objects.count() for model in (Journey, Step, Timer, Line)}
    return counted | {"cases": len(cards.open_of(["C-2001"])), "stated": len(stated_by_plans())}


def test_a_request_makes_a_case_and_a_plan_and_is_answered_at_once_with_all_that_follows(world: World) -> None:
    asked(world)

    world.it_is("2015-02-10 09:01")

    [case] = cards.open_of(["C-2001"]).values()
    assert (case.subject, case.opened_at, case.owner) == (ADSL, ASKED_AT, "A-1")
    [journey] = Journey.objects.all()
    assert (journey.kind, journey.subject, journey.trigger, journey.state, journey.started_at) == (
        "termination",
        ADSL,
        "space/w1",
        "running",
        ASKED_AT,
    )
    assert stated_by_plans() == [(key, ASKED_AT + INSTANT, ASKED_AT) for key, _ in EFFECTS]
    assert [(message.left_at, message.channel) for message in world.customer("C-2001").heard()] == [
        ("2015-02-10 09:00", "email")
    ]
    [acknowledgement] = world.customer("C-2001").heard()
    assert sorted(acknowledgement.topics, key=str) == sorted([("termination.requested", ONLINE), *EFFECTS], key=str)
    assert set(world.customer("C-2001").plan_states().values()) == {"said"}


def test_a_message_that_left_closes_the_step_that_waited_for_it(world: World) -> None:
    asked(world, by="letter")
    world.it_is("2015-02-10 09:01")
    before = world.customer("C-2001").plan()
    world.it_is("2015-02-11 08:01")

    assert [stage.state for stage in before if stage.step == "acknowledge"] == ["open"]
    assert [stage.state for stage in world.customer("C-2001").plan() if stage.step == "acknowledge"] == ["done"]
    assert Line.objects.filter(step="acknowledge", turn="closed").get().at == datetime.fromisoformat(
        "2015-02-11T08:00:00.000001+01:00"
    )


def test_a_plan_wakes_the_customer_when_its_rules_want_to_look_again(world: World) -> None:
    asked(world, by="letter")
    world.it_is("2015-02-12 12:00")

    latest_telling = datetime.fromisoformat("2015-02-17T08:00:00+01:00")
    assert Timer.objects.filter(customer="C-2001").earliest("due_at").due_at == latest_telling
    assert (due_at(), next_due()) == (latest_telling, latest_telling)

    world.it_is("2015-02-17 08:01")

    assert [(key, recorded_at) for key, _, recorded_at in stated_by_plans()] == [
        (key, latest_telling) for key, _ in EFFECTS
    ]
    assert world.customer("C-2001").heard()[1].left_at == "2015-02-17 08:00"


def test_several_customers_and_contracts_are_moved_together(world: World) -> None:
    for contract in ("K-ADSL-1", "K-MOB-2", "K-FIX-9"):
        asked(world, of=contract)

    moved = pursuing("C-2001", "C-4002").wakes

    assert sorted(Journey.objects.values_list("customer", "subject")) == [
        ("C-2001", "contract:K-ADSL-1"),
        ("C-2001", "contract:K-MOB-2"),
        ("C-4002", "contract:K-FIX-9"),
    ]
    assert moved == {
        "C-2001": datetime.fromisoformat("2015-02-11T00:00:00+01:00"),
        "C-4002": datetime.fromisoformat("2015-02-11T00:00:00+01:00"),
    }


@pytest.mark.parametrize("count", [1, 3])
def test_pursuing_takes_as_many_queries_for_three_as_for_one(
    world: World, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    customers = ["C-2001", "C-4001", "C-4002"][:count]
    for contract in ("K-ADSL-1", "K-FIX-7", "K-FIX-9"):
        asked(world, of=contract)
    given = partial(pursue, calendar=rules.current().calendar, weigh=partial(weigh, rules=rules.current()))
    claims = claims_of(customers)

    with django_assert_num_queries(21):
        given(claims, until=ASKED_AT + INSTANT, without=())

    assert Journey.objects.count() == count


def test_news_that_is_no_business_of_a_plan_costs_two_queries(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    world.department("marketing").states("offer.promotion", "half price")
    given = partial(pursue, calendar=rules.current().calendar, weigh=partial(weigh, rules=rules.current()))
    claims = claims_of(["C-2001"])

    with django_assert_num_queries(2):
        moved = given(claims, until=ASKED_AT + INSTANT, without=())

    assert (moved.wakes, moved.stated) == ({}, frozenset())


def pursuing(*customers: str, without: tuple[int, ...] = ()) -> Pursued:
    return pursue(
        claims_of(customers),
        until=ASKED_AT + INSTANT,
        without=without,
        calendar=rules.current().calendar,
        weigh=partial(weigh, rules=rules.current()),
    )


def test_what_is_to_be_left_out_moves_nothing(world: World) -> None:
    asked(world)
    [request] = Fact.objects.filter(kind="termination.requested")

    assert pursuing("C-2001", without=(request.id,)).wakes == {}
    assert rows() == {"Journey": 0, "Step": 0, "Timer": 0, "Line": 0, "cases": 0, "stated": 0}


def test_what_was_set_aside_moves_nothing(world: World) -> None:
    asked(world)
    [request] = Fact.objects.filter(kind="termination.requested")
    Failure.objects.create(fact=request, attempts=3, reason="r", owner="A-1", set_aside_at=ASKED_AT)

    world.it_is("2015-02-12 12:00")

    assert rows() == {"Journey": 0, "Step": 0, "Timer": 0, "Line": 0, "cases": 0, "stated": 0}
    assert world.customer("C-2001").heard() == []


def test_what_was_set_aside_and_released_begins_its_plan_with_its_receipt(world: World) -> None:
    asked(world)
    [request] = Fact.objects.filter(kind="termination.requested")
    Failure.objects.create(fact=request, attempts=3, reason="r", owner="A-1", set_aside_at=ASKED_AT)
    world.it_is("2015-02-12 12:00")

    release_fact(fact=request.id, note="", by=NORA, at=datetime.fromisoformat("2015-02-12T12:00:00+01:00"))
    world.it_is("2015-02-18 12:00")

    assert [stage.state for stage in world.customer("C-2001").plan()][:4] == ["done", "done", "done", "open"]
    assert world.customer("C-2001").topics_heard() == [
        ("2015-02-13 08:00", ["termination.requested"]),
        (
            "2015-02-16 08:00",
            [
                "contract.ends_on",
                "equipment.to_return",
                "equipment.return_by",
                "equipment.return_how",
                "fees.early_termination",
                "refund.deposit",
                "number.kept_until",
                "mailbox.kept_until",
            ],
        ),
    ]


def test_what_was_taken_back_before_it_was_stated_moves_nothing(world: World) -> None:
    back = {"id": "b1", "at": "2015-02-10T08:40:00+01:00", "source": "mailroom", "event": "fact.withdrawn"}
    state_facts(items=[parse(back | {"data": {"fact": "m1"}})], by=SYSTEM, at=ASKED_AT)
    world.it_is("2015-02-10 10:00")

    world.department("mailroom").passes_on("termination.requested", as_="m1", received_by="online")
    world.it_is("2015-02-20 12:00")

    assert rows() == {"Journey": 0, "Step": 0, "Timer": 0, "Line": 0, "cases": 0, "stated": 0}
    assert world.customer("C-2001").heard() == []


def test_what_is_about_no_contract_of_the_customer_begins_nothing(world: World) -> None:
    statement = Statement(
        source="mailroom",
        source_id="m1",
        kind="termination.requested",
        customer="C-1001",
        subject=ADSL,
        value=ONLINE,
        effective=None,
        at=ASKED_AT,
    )
    record([statement], by=SYSTEM, at=ASKED_AT)

    assert pursuing("C-1001").wakes == {}
    assert Journey.objects.count() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_written", [False, True], ids=["before the commit", "after the commit"])
def test_a_crash_leaves_nothing_half(world: World, is_written: bool) -> None:  # noqa: FBT001 - a parameter
    asked(world)
    whole = {"Journey": 1, "Step": 12, "Timer": 3, "Line": 17, "cases": 1, "stated": 8}

    with pytest.raises(Crash), crashes(1, Fate(0.9 if is_written else 0.1)):
        deliver(until=ASKED_AT + INSTANT)

    assert rows() == (whole if is_written else dict.fromkeys(whole, 0))
    assert len(messages.of(["C-2001"])) == is_written
    while deliver(until=ASKED_AT + INSTANT):
        pass
    assert rows() == whole
    assert len(messages.of(["C-2001"])) == 1


class Fate(Random):
    """Chance that always says the same."""

    def __init__(self, fate: float) -> None:
        super().__init__()
        self.fate = fate

    def random(self) -> float:
        return self.fate
