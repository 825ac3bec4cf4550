"""Facts are recorded once, at an instant that nobody has decided yet, and their customer has news."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, transaction

from facts.words import START, Listener, recorded, said, second
from ligneclaire.facts.delivery import lag, next_due
from ligneclaire.facts.models import Delivery, Fact, Payload
from ligneclaire.facts.record import hold, record, stated, wake_all
from ligneclaire.facts.staging import FEW
from ligneclaire.facts.stated import Answer, Priority, Statement
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind

pytestmark = pytest.mark.django_db
ACCEPTED, KNOWN, CONFLICT = Answer.ACCEPTED, Answer.KNOWN, Answer.CONFLICT
INSTANT = timedelta(microseconds=1)


def names() -> list[str]:
    return list(Fact.objects.order_by("id").values_list("source_id", flat=True))


def test_a_fact_is_kept_as_it_was_stated_with_who_brought_it_and_when() -> None:
    statement = replace(said("e1", value={"amount": "é"}), effective=START.date())

    assert record([statement], by=Actor(ActorKind.DEPARTMENT, "billing"), at=second(5)) == (ACCEPTED,)

    fact = Fact.objects.get()
    assert (fact.source, fact.source_id, fact.kind) == ("billing", "e1", "closing_bill.date")
    assert (fact.customer, fact.subject, fact.effective) == ("C-1", "contract:K-1", START.date())
    assert (fact.at, fact.recorded_at, fact.by) == (START, second(5), "department:billing")
    assert Payload.objects.get().value == {"amount": "é"}
    assert str(fact) == "billing/e1"


def test_nothing_stated_is_nothing_recorded() -> None:
    assert record([], by=SYSTEM, at=START) == ()
    assert next_due() is None


def test_the_same_again_changes_nothing_in_one_batch_and_across_transactions() -> None:
    assert recorded(said("e1"), said("e1"), at=1) == (ACCEPTED, KNOWN)
    assert recorded(said("e1"), said("e2"), at=2) == (KNOWN, ACCEPTED)
    assert names() == ["e1", "e2"]


def test_the_same_id_with_other_content_is_a_conflict_and_the_first_stands() -> None:
    assert recorded(said("e1"), said("e1", value=2), at=1) == (ACCEPTED, CONFLICT)
    assert recorded(said("e1", value=3), said("e1"), at=2) == (CONFLICT, KNOWN)
    assert list(Payload.objects.values_list("value", flat=True)) == [1]


def test_the_same_id_of_another_source_is_another_fact() -> None:
    assert recorded(said("e1"), said("e1", source="equipment", value=2), at=1) == (ACCEPTED, ACCEPTED)


@pytest.mark.parametrize(
    ("field", "other"),
    [
        ("kind", replace(said("e1"), kind="refund.paid")),
        ("customer", replace(said("e1"), customer="C-2")),
        ("subject", replace(said("e1"), subject="contract:K-2")),
        ("value", replace(said("e1"), value=2)),
        ("effective", replace(said("e1"), effective=START.date())),
        ("at", replace(said("e1"), at=second(1))),
    ],
)
def test_content_is_everything_but_the_name_and_differences_are_named(field: str, other: Statement) -> None:
    first = said("e1")

    assert recorded(first, other, at=1) == (ACCEPTED, CONFLICT)
    assert other.differences(stated([first.once])[first.once]) == {
        field: (getattr(first, field), getattr(other, field))
    }
    assert first.differences(first) == {}


def test_nothing_is_looked_up_for_no_names() -> None:
    assert stated([]) == {}
    assert stated([("billing", "unknown")]) == {}


def test_many_are_recorded_as_a_few_are() -> None:
    statements = [said(f"e{number}", customer=f"C-{number % 7}") for number in range(FEW + 1)]

    assert recorded(*statements, statements[0], replace(statements[1], value=2), at=1) == (
        *[ACCEPTED] * (FEW + 1),
        KNOWN,
        CONFLICT,
    )
    assert names() == [f"e{number}" for number in range(FEW + 1)]
    assert lag(second(2)) == (7, second(1))


def test_two_large_batches_fit_in_one_transaction() -> None:
    for batch in range(2):
        recorded(*(said(f"{batch}/{number}") for number in range(FEW + 1)), at=1)

    assert Fact.objects.count() == 2 * (FEW + 1)


def test_what_is_recorded_after_an_instant_was_decided_is_known_just_after_it() -> None:
    recorded(said("e1"), at=1)
    Listener().delivered(until=10)

    recorded(said("late"), at=4)
    recorded(said("in time"), at=12)

    known = dict(Fact.objects.values_list("source_id", "recorded_at"))
    assert (known["late"], known["in time"]) == (second(10), second(12))


def test_news_without_a_customer_is_news_of_its_source() -> None:
    recorded(said("e1", customer=None), at=1)

    assert list(Delivery.objects.values_list("key", "customer", "due_at")) == [("source:billing", None, second(1))]
    assert str(Delivery.objects.get()) == "source:billing"


def test_live_news_makes_a_customer_with_bulk_news_urgent() -> None:
    recorded(said("e1"), at=1, priority=Priority.BULK)
    recorded(said("e2"), at=2)
    recorded(said("e3"), at=3, priority=Priority.BULK)

    assert list(Delivery.objects.values_list("priority", "due_at")) == [(Priority.LIVE, second(1))]


def test_a_refused_transaction_records_nothing() -> None:
    with transaction.atomic():
        recorded(said("e1"), at=1)
        transaction.set_rollback(True)

    assert (names(), next_due()) == ([], None)
    assert recorded(said("e1"), at=2) == (ACCEPTED,)


def test_everybody_who_waits_is_woken_at_once_and_nobody_else() -> None:
    waiting = Listener(again={"C-1": second(60)}, moving={"C-2": ("contract:K-1",)})
    for customer in ("C-1", "C-2", "C-3"):
        recorded(said(customer, customer=customer), at=1)
    waiting.delivered(until=10)

    wake_all(at=second(20))

    assert dict(Delivery.objects.values_list("key", "due_at")) == {"C-1": second(20), "C-2": second(20), "C-3": None}


def test_what_was_due_before_is_still_due_then() -> None:
    recorded(said("e1"), at=1)
    Listener(again={"C-1": second(15)}, moving={"C-1": ("contract:K-1",)}).delivered(until=10)

    wake_all(at=second(20))

    assert list(Delivery.objects.values_list("due_at", "again_at")) == [(second(15), second(15))]


def test_nobody_is_woken_at_an_instant_that_was_decided_already() -> None:
    recorded(said("e1"), at=1)
    Listener(again={"C-1": second(60)}).delivered(until=10)

    wake_all(at=second(4))

    assert next_due() == second(10)


def test_customers_are_held_in_order_known_or_not() -> None:
    recorded(said("e1", customer="C-2"), said("e2", customer="C-1"), at=1)

    with transaction.atomic():
        hold(["C-2", "C-9", "C-1"])
        with connection.cursor() as cursor:
            cursor.execute("SELECT key FROM facts_delivery ORDER BY key FOR UPDATE SKIP LOCKED")
            assert cursor.fetchall() == [("C-1",), ("C-2",), ("C-9",)]
