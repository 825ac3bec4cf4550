"""The operator ends contracts: once each, with the notice the law wants, under a name that is known again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from builders import a_world
from ligneclaire.contracts.actions.end_contracts import (
    ContractsUnknown,
    Ended,
    EndedOtherwise,
    NoticeTooShort,
    end_contracts,
)
from ligneclaire.facts.models import Delivery, Fact, Payload
from ligneclaire.facts.stated import Priority
from ligneclaire.kernel.actor import Actor, ActorKind
from world import World

pytestmark = pytest.mark.django_db
NORA = Actor(ActorKind.ADVISER, "A-1")
NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
END = date(2026, 6, 30)
ALL = ["K-FIX-9", "K-ADSL-1", "K-FIX-7"]


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


def end(*contracts: str, on: date = END, name: str = "offer-ends/ADSL-PHONE", at: datetime = NOW) -> Ended:
    return end_contracts(contracts=contracts, ends_on=on, name=name, by=NORA, at=at)


def stated() -> list[tuple[str | None, str, str, object]]:
    rows = Payload.objects.filter(fact__kind="contract.ends_on").order_by("fact__id")
    return list(rows.values_list("fact__customer", "fact__subject", "fact__source_id", "value"))


def test_contracts_states_the_end_of_each() -> None:
    assert end(*ALL) == Ended(new=3, before=0, leaving=0)

    assert stated() == [
        ("C-2001", "contract:K-ADSL-1", "offer-ends/ADSL-PHONE/K-ADSL-1", "2026-06-30"),
        ("C-4001", "contract:K-FIX-7", "offer-ends/ADSL-PHONE/K-FIX-7", "2026-06-30"),
        ("C-4002", "contract:K-FIX-9", "offer-ends/ADSL-PHONE/K-FIX-9", "2026-06-30"),
    ]
    assert set(Fact.objects.values_list("source", "by", "recorded_at")) == {("contracts", "adviser:A-1", NOW)}


def test_it_comes_after_live_news() -> None:
    end(*ALL)

    assert set(Delivery.objects.values_list("priority", "due_at")) == {(Priority.BULK, NOW)}


def test_the_same_again_changes_nothing_and_what_is_missing_is_added() -> None:
    end("K-ADSL-1", "K-FIX-7")

    assert end(*ALL) == Ended(new=1, before=2, leaving=0)
    assert end(*ALL) == Ended(new=0, before=3, leaving=0)
    assert len(stated()) == 3


@pytest.mark.parametrize(
    ("on", "earliest"),
    [
        pytest.param(date(2026, 6, 3), date(2026, 6, 4), id="a day too early"),
        pytest.param(date(2026, 5, 4), date(2026, 6, 4), id="today"),
    ],
)
def test_chg_01_too_short_a_notice_is_refused_and_nothing_is_stated(on: date, earliest: date) -> None:
    with pytest.raises(NoticeTooShort) as refused:
        end(*ALL, on=on)

    assert dict(refused.value.values) == {"ends_on": on, "earliest": earliest}
    assert stated() == []


def test_chg_01_a_month_is_enough_by_the_calendar_of_the_operator() -> None:
    late_in_london = datetime(2026, 5, 3, 22, 30, tzinfo=UTC)  # 4 May in Paris

    assert end("K-ADSL-1", on=date(2026, 6, 4), at=late_in_london) == Ended(new=1, before=0, leaving=0)


def test_contracts_that_are_not_there_are_refused_by_name_and_none_is_ended() -> None:
    with pytest.raises(ContractsUnknown) as refused:
        end("K-ADSL-1", "K-9", "K-8")

    assert dict(refused.value.values) == {"contracts": ["K-8", "K-9"]}
    assert stated() == []


def test_another_day_under_the_same_name_is_refused_and_none_is_ended() -> None:
    end("K-ADSL-1")

    with pytest.raises(EndedOtherwise) as refused:
        end(*ALL, on=date(2026, 7, 31))

    assert dict(refused.value.values) == {"contracts": ["contract:K-ADSL-1"], "count": 1}
    assert [subject for _, subject, _, _ in stated()] == ["contract:K-ADSL-1"]


def test_under_another_name_it_is_another_command() -> None:
    end("K-ADSL-1")

    assert end("K-ADSL-1", on=date(2026, 7, 31), name="network-closes/ADSL") == Ended(new=1, before=0, leaving=0)


@pytest.mark.parametrize("count", [1, 3])
def test_ending_three_takes_as_many_queries_as_ending_one(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(10):
        end(*ALL[:count])


def test_whoever_leaves_already_keeps_their_own_day() -> None:
    world = World()
    world.it_is(NOW)
    world.department("mailroom").passes_on("termination.requested", received_by="letter")
    world.it_is(NOW + timedelta(minutes=1))

    assert end("K-ADSL-1", "K-MOB-2", "K-FIX-3") == Ended(new=2, before=0, leaving=1)
    assert [subject for _, subject, _, _ in stated()] == ["contract:K-FIX-3", "contract:K-MOB-2"]
