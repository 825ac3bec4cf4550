"""What sources state is taken in once, or refused with its reason; no item spoils another."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries

from builders import a_world
from ligneclaire.facts import staging
from ligneclaire.facts.models import Delivery, Fact, Failure, Intake, Payload
from ligneclaire.facts.stated import Priority
from ligneclaire.journeys.actions import answer_denied as answer
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.network.actions.import_network import import_network
from ligneclaire.network.queries import lines, resources
from ligneclaire.network.states import ResourceKind
from ligneclaire.network.values import ResourceEntry
from ligneclaire.voice.actions import state_facts as door
from ligneclaire.voice.actions.state_facts import Taken, state_facts
from ligneclaire.voice.intake import parse
from together import together
from world import World

pytestmark = pytest.mark.django_db

BILLING = Actor(ActorKind.DEPARTMENT, "billing")
NOW = datetime(2015, 2, 14, 7, tzinfo=UTC)
THE_CLOSING_BILL = {
    "id": "e4",
    "at": "2015-02-14T07:30:00+01:00",
    "source": "billing",
    "customer": "C-2001",
    "contract": "K-ADSL-1",
    "event": "fact",
    "data": {"key": "closing_bill.date", "value": "2015-03-05"},
}
EVERYTHING = """
SELECT fact.source, fact.source_id, kind, customer, subject, effective, at, recorded_at, by, value::text, digest
FROM facts_fact AS fact
JOIN facts_payload ON fact_id = fact.id
JOIN facts_intake USING (source, source_id)
ORDER BY fact.id
"""


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


def an_item(name: str = "e4", /, **changes: object) -> dict[str, Any]:
    return THE_CLOSING_BILL | {"id": name} | changes


def said(key: str, value: object, **more: object) -> dict[str, object]:
    return {"key": key, "value": value, **more}


def state(*items: dict[str, Any], at: datetime = NOW, priority: Priority = Priority.LIVE) -> list[str]:
    taken = state_facts(items=[parse(item) for item in items], by=BILLING, at=at, priority=priority)
    return [in_short(one) for one in taken]


def in_short(taken: Taken) -> str:
    return str(taken.problem or taken.answer)


def rows() -> list[int]:
    return [model.objects.count() for model in (Intake, Fact, Payload, Delivery)]


def test_a_fact_is_recorded_with_its_content_and_wakes_its_customer() -> None:
    assert state(an_item(data=said("closing_bill.date", "2015-03-05", effective="2015-02-20"))) == ["accepted"]

    [fact] = Fact.objects.values(
        "source", "source_id", "kind", "customer", "subject", "effective", "at", "recorded_at", "by"
    )
    assert {name: str(value) for name, value in fact.items()} == {
        "source": "billing",
        "source_id": "e4",
        "kind": "closing_bill.date",
        "customer": "C-2001",
        "subject": "contract:K-ADSL-1",
        "effective": "2015-02-20",
        "at": "2015-02-14 06:30:00+00:00",
        "recorded_at": "2015-02-14 07:00:00+00:00",
        "by": "department:billing",
    }
    assert Payload.objects.get().value == "2015-03-05"
    assert list(Delivery.objects.values_list("key", "customer", "priority", "due_at")) == [("C-2001", "C-2001", 0, NOW)]


def test_a_contract_tells_whose_it_is() -> None:
    assert state({name: value for name, value in THE_CLOSING_BILL.items() if name != "customer"}) == ["accepted"]

    assert Fact.objects.get().customer == "C-2001"


def test_news_about_nobody_belongs_to_its_source() -> None:
    nobody = {"id": "e1", "at": NOW.isoformat(), "source": "billing", "event": "prices.changed"}

    assert state(nobody) == ["accepted"]

    assert (Fact.objects.get().customer, Fact.objects.get().subject) == (None, "")
    assert list(Delivery.objects.values_list("key", "customer")) == [("source:billing", None)]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"customer": "C-9"}, "customer: unknown customer 'C-9'"),
        ({"contract": "K-9"}, "contract: unknown contract 'K-9'"),
        ({"contract": "K-MOB-42"}, "contract: 'K-MOB-42' is not a contract of 'C-2001'"),
        ({"at": "2015-02-15T08:00:01Z"}, "at: 2015-02-15T08:00:01+00:00 lies ahead of now"),
        ({"at": "2008-03-31T12:00:00Z"}, "at: 2008-03-31 is before the contract began on 2008-04-01"),
        (
            {"data": said("closing_bill.date", "2015-03-05", effective="1999-12-31")},
            "data.effective: 1999-12-31 is before the contract began on 2008-04-01",
        ),
        (
            {"data": said("closing_bill.date", "2008-03-31")},
            "data.value: 2008-03-31 is before the contract began on 2008-04-01",
        ),
        ({"data": said("closing_bill.date", 5)}, "data.value: expected a date like 2015-02-20, got 5"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_no_trace(changes: dict[str, object], problem: str) -> None:
    assert state(an_item(**changes)) == [problem]

    assert rows() == [0, 0, 0, 0]


def test_a_refused_item_spoils_no_other() -> None:
    items = [an_item("e1"), an_item("e2", customer="C-9"), an_item("e3"), an_item("e4", at="soon"), an_item("e5")]

    answers = state(*items)

    assert [answer.partition(":")[0] for answer in answers] == ["accepted", "customer", "accepted", "at", "accepted"]
    assert list(Fact.objects.order_by("id").values_list("source_id", flat=True)) == ["e1", "e3", "e5"]
    assert rows() == [3, 3, 3, 1]


def test_the_same_again_changes_nothing() -> None:
    state(an_item())

    assert state(an_item(), an_item(at="2015-02-14T06:30:00Z"), at=NOW + timedelta(hours=1)) == ["already known"] * 2

    assert rows() == [1, 1, 1, 1]
    assert Fact.objects.get().recorded_at == NOW


def test_the_same_twice_at_once_is_recorded_once() -> None:
    assert state(an_item("e4"), an_item("e5"), an_item("e4")) == ["accepted", "accepted", "already known"]

    assert rows() == [2, 2, 2, 1]


@pytest.mark.parametrize(
    ("changes", "difference"),
    [
        ({"data": said("closing_bill.date", "2015-03-06")}, 'value "2015-03-05" then, "2015-03-06" now'),
        (
            {"data": said("closing_bill.issued", "2015-03-05")},
            'kind "closing_bill.date" then, "closing_bill.issued" now',
        ),
        ({"at": "2015-02-14T07:31:00+01:00"}, "at 2015-02-14T06:30:00+00:00 then, 2015-02-14T07:31:00+01:00 now"),
        (
            {"contract": "K-MOB-2", "data": said("closing_bill.date", "2015-03-05", effective="2015-03-01")},
            'subject "contract:K-ADSL-1" then, "contract:K-MOB-2" now; effective null then, 2015-03-01 now',
        ),
    ],
)
@pytest.mark.parametrize("at_once", [1, 2])
def test_the_same_id_with_other_content_is_refused_naming_both(
    at_once: int, changes: dict[str, object], difference: str
) -> None:
    items = [an_item(), an_item(**changes)]

    answers = state(*items[:at_once]) + state(*items[at_once:])

    assert answers == ["accepted", f"id: billing/e4 was stated before with other content: {difference}"]
    assert rows() == [1, 1, 1, 1]
    assert Payload.objects.get().value == "2015-03-05"


def test_two_sources_may_use_the_same_id() -> None:
    assert state(an_item(), an_item(source="contracts")) == ["accepted", "accepted"]


def test_what_was_decided_is_over() -> None:
    state(an_item("e1"))
    Delivery.objects.update(handled_to=NOW + timedelta(minutes=5), due_at=None)

    state(an_item("e2"), an_item("e3"), at=NOW + timedelta(minutes=1))

    just_after = NOW + timedelta(minutes=5, microseconds=1)
    late = Fact.objects.filter(source_id__in=["e2", "e3"]).values_list("recorded_at", flat=True)
    assert list(late) == [just_after, just_after]
    assert Delivery.objects.get().due_at == just_after


def test_live_news_of_a_customer_goes_before_bulk() -> None:
    state(an_item("e1"), priority=Priority.BULK)
    assert Delivery.objects.get().priority == Priority.BULK

    state(an_item("e2"))
    state(an_item("e3"), priority=Priority.BULK)

    assert Delivery.objects.get().priority == Priority.LIVE


def test_many_are_taken_in_as_a_few_are(monkeypatch: pytest.MonkeyPatch) -> None:
    items = a_mixture(400)

    with transaction.atomic():
        few = [answer for start in range(0, 400, 7) for answer in state(*items[start : start + 7])]
        recorded = everything()
        transaction.set_rollback(True)
    assert rows() == [0, 0, 0, 0]
    monkeypatch.setattr(staging, "FEW", 10)
    many = state(*items[:390]) + state(*items[390:])

    assert many == few
    assert everything() == recorded
    assert sorted({answer.partition(":")[0] for answer in few}) == [
        "accepted",
        "already known",
        "contract",
        "data.value",
        "id",
    ]


def a_mixture(count: int) -> list[dict[str, Any]]:
    chance = random.Random(7)
    contracts = ["K-ADSL-1", "K-MOB-2", "K-FIX-3", "K-9"]
    values = ["2015-03-05", "2015-03-06", 'tab\tquote" back\\slash \\N é', "1990-01-01"]
    return [
        an_item(
            str(chance.randrange(count // 2)),
            source=chance.choice(["billing", "contracts"]),
            contract=chance.choice(contracts),
            data=said(chance.choice(["closing_bill.date", "tea\ttime"]), chance.choice(values)),
        )
        for _ in range(count)
    ]


def everything() -> Sequence[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(EVERYTHING)
        return [(*row[:-1], bytes(row[-1])) for row in cursor.fetchall()]


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    items = [an_item(str(number)) for number in range(count)]

    with django_assert_num_queries(8):  # contracts, customers, intake, mark, record, announce; one savepoint
        state(*items)
    with django_assert_num_queries(6):  # contracts, customers, intake, known; one savepoint
        state(*items)


def test_any_json_that_is_read_can_be_kept() -> None:
    values = [None, 0.1, -0.0, 1e-300, 10**300, "\u2028\x7f\\u0000", {"": [[]]}, json.loads("[" * 29 + "]" * 29)]

    assert state(*(an_item(str(n), data=said("tea.time", value)) for n, value in enumerate(values))) == ["accepted"] * 8
    assert list(Payload.objects.order_by("fact").values_list("value", flat=True)) == values


def test_fractions_in_what_is_stated_disturb_nobody() -> None:
    world = World()
    world.it_is("2015-02-10 09:12")
    world.department("mailroom").passes_on("termination.requested", received_by="letter", pages=1.5)
    world.department("billing").states("contact.address", {"at": [44.84, -0.58]})
    world.department("billing").states("tea.time", 17.5)

    world.it_is("2015-02-11 09:00")

    assert Failure.objects.count() == 0
    assert world.customer("C-2001").topics_heard() == [("2015-02-11 08:00", ["termination.requested"])]


HERS, FREE, THERE, NUMBER = "63000-A1-104", "63000-A1-105", "63510-D4-017", "+33465710403"
ROUSSEL, GARNIER, LENOIR, PASQUET = "K-FIX-7", "K-FIX-9", "K-FIX-3", "K-MOB-31"


def about(name: str, contract: str, event: str, *, hour: int = 10, **data: object) -> dict[str, Any]:
    at = f"2015-02-13T{hour:02}:00:00+01:00"
    return {"id": name, "at": at, "source": "exchange", "contract": contract, "event": event, "data": data}


def gives(name: str, pair: str, contract: str = GARNIER, *, hour: int = 10) -> dict[str, Any]:
    return about(name, contract, "pair.assigned", hour=hour, pair=pair)


def asks(name: str, contract: str, *, hour: int = 10) -> dict[str, Any]:
    return about(name, contract, "line.requested", hour=hour, address="3 rue du Four, 63510 Malintrat")


def test_what_lines_get_follows_what_was_asked_for_at_the_same_instant() -> None:
    move = about("x9", ROUSSEL, "move.requested", to="3 rue du Four, 63510 Malintrat")

    assert state(gives("x1", THERE, ROUSSEL), move) == ["accepted"] * 2

    card = resources.card(THERE)
    assert card is not None
    assert card.line == "K-FIX-7-2"


@pytest.mark.parametrize(("earlier", "later"), [(("x2", 10), ("x1", 11)), (("x1", 10), ("x2", 10))])
def test_what_lines_get_they_get_in_the_order_of_its_instants_and_names(
    earlier: tuple[str, int], later: tuple[str, int]
) -> None:
    second, first = gives(later[0], FREE, hour=later[1]), gives(earlier[0], THERE, hour=earlier[1])

    refused = f"data.pair: the line has {THERE} already, which must be released first"
    assert state(second, an_item(), first) == [refused, "accepted", "accepted"]


def slowly(work: Callable[..., object]) -> Callable[..., object]:
    def later(**what: object) -> object:
        time.sleep(0.3)  # the others have begun, too
        return work(**what)

    return later


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("one", "other"),
    [
        # the customers of a batch
        (
            [asks("a1", ROUSSEL), asks("a2", GARNIER, hour=11)],
            [asks("b1", GARNIER), asks("b2", ROUSSEL, hour=11)],
        ),
        # whoever has what is given to somebody else
        ([gives("a1", HERS, GARNIER)], [gives("b1", FREE, ROUSSEL)]),
        (
            [about("a1", GARNIER, "visit.closed", result="line works", pair=HERS)],
            [about("b1", ROUSSEL, "visit.closed", result="line works", pair=FREE)],
        ),
        # what two customers are given
        (
            [gives("a1", THERE, LENOIR), gives("a2", NUMBER, LENOIR, hour=11)],
            [gives("b1", NUMBER, PASQUET), gives("b2", THERE, PASQUET, hour=11)],
        ),
    ],
)
def test_batches_that_meet_wait_for_each_other_in_one_order(
    one: list[dict[str, Any]], other: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    import_network(resources=[ResourceEntry(code=NUMBER, kind=ResourceKind.NUMBER)], by=SYSTEM, at=NOW)
    assert state(gives("x1", FREE, GARNIER, hour=9)) == ["accepted"]

    for module, name in ((door, "follow_in_network"), (answer, "newest_line")):
        monkeypatch.setattr(module, name, slowly(getattr(module, name)))

    taken = together(partial(state, *one), partial(state, *other))

    assert [isinstance(one, list) for one in taken] == [True, True], taken
    assert lines.held_by(GARNIER, ResourceKind.PAIR) == FREE
    assert lines.held_by(ROUSSEL, ResourceKind.PAIR) == HERS


def test_what_names_no_contract_changes_no_line() -> None:
    nobodys = {name: value for name, value in gives("x1", THERE).items() if name != "contract"}

    answers = state(nobodys, nobodys | {"id": "x2", "customer": "C-4002"})

    assert answers == ["contract: is missing: this topic is about a contract"] * 2
    card = resources.card(THERE)
    assert card is not None
    assert card.holding is None
