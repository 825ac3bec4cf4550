"""News reaches the listener: all of it, in order, by one worker at a time, and nothing is forgotten."""

from __future__ import annotations

import pytest

from facts.words import Listener, recorded, said, second
from ligneclaire.facts.delivery import claims_of, lag, next_due, soonest
from ligneclaire.facts.models import Delivery, Failure
from ligneclaire.facts.stated import Priority

pytestmark = pytest.mark.django_db


def owners() -> dict[str, tuple[int, str, str, bool]]:
    return {
        failure.fact.source_id: (failure.attempts, failure.owner, failure.reason, failure.set_aside_at is not None)
        for failure in Failure.objects.select_related("fact")
    }


def test_nothing_is_delivered_where_nobody_has_news() -> None:
    listener = Listener()

    assert (listener.delivered(until=5), listener.heard, next_due()) == (0, [], None)


def test_news_is_due_at_the_instant_at_which_it_is_known_and_is_delivered_once_that_is_over() -> None:
    listener = Listener()
    recorded(said("e1"), at=5)

    assert (next_due(), listener.delivered(until=5)) == (second(5), 0)
    assert (listener.delivered(until=5.1), listener.heard) == (1, [["e1"]])
    assert (listener.delivered(until=9), next_due()) == (0, None)


def test_several_customers_are_delivered_at_once_the_most_urgent_first() -> None:
    listener = Listener()
    recorded(said("bulk", customer="C-1"), at=1, priority=Priority.BULK)
    recorded(said("later", customer="C-2"), at=3)
    recorded(said("first", customer="C-3"), at=2)

    assert [listener.delivered(until=9, limit=2), listener.delivered(until=9, limit=2)] == [2, 1]
    assert listener.heard == [["first", "later"], ["bulk"]]


def test_who_came_in_bulk_is_not_behind_others_for_ever() -> None:
    listener = Listener(again={"C-1": second(9)})
    recorded(said("e1"), at=1, priority=Priority.BULK)

    listener.delivered(until=2)

    assert Delivery.objects.get().priority == Priority.LIVE


def test_a_key_comes_again_when_time_alone_makes_it_due() -> None:
    listener = Listener(again={"C-1": second(60)}, moving={"C-1": ("contract:K-1", "contract:K-2")})
    recorded(said("e1"), at=1)
    listener.delivered(until=2)

    assert (next_due(), listener.delivered(until=60)) == (second(60), 0)
    [claim] = claims_of(["C-1", "C-2"])
    assert (claim.key, claim.customer, claim.again_at, claim.moving) == (
        "C-1",
        "C-1",
        second(60),
        ("contract:K-1", "contract:K-2"),
    )
    assert claim.handled_to == second(2) - (second(0.000001) - second(0))
    assert listener.delivered(until=61) == 1


def test_news_before_that_time_comes_before_it() -> None:
    listener = Listener(again={"C-1": second(60)})
    recorded(said("e1"), at=1)
    listener.delivered(until=2)

    recorded(said("e2"), at=30)

    assert next_due() == second(30)
    listener.delivered(until=31)
    assert (listener.heard, next_due()) == ([["e1"], ["e2"]], second(60))


def test_news_that_came_after_a_delivery_began_is_due_at_its_own_instant() -> None:
    listener = Listener()
    recorded(said("early"), at=1)
    recorded(said("late"), at=10)

    listener.delivered(until=5)

    assert listener.heard == [["early"]]
    assert next_due() == second(10)


def test_so_is_news_without_a_customer() -> None:
    listener = Listener()
    recorded(said("early", customer=None), at=1)
    recorded(said("late", customer=None), at=10)
    recorded(said("other", customer=None, source="equipment"), at=7)

    listener.delivered(until=5)
    listener.delivered(until=8)

    assert listener.heard == [["early"], ["other"]]
    assert next_due() == second(10)


def test_a_worker_whose_clock_is_behind_leaves_later_news_due() -> None:
    ahead, behind = Listener(), Listener()
    recorded(said("first"), at=1)
    ahead.delivered(until=10)
    recorded(said("second"), at=2)  # known to us from second 10 on: what lies before is decided

    behind.delivered(until=5)
    ahead.delivered(until=11)

    assert behind.heard == []
    assert ahead.heard == [["first"], ["second"]]


def test_how_many_wait_and_since_when_can_be_asked() -> None:
    recorded(said("e1", customer="C-1"), said("e2", customer="C-2"), at=1)
    recorded(said("e3", customer="C-3"), at=7)

    assert lag(second(5)) == (2, second(1))
    assert lag(second(0)) == (0, None)
    assert [claim.key for claim in soonest(limit=2)] == ["C-1", "C-2"]


def test_a_fact_that_fails_three_times_is_set_aside_with_an_owner_and_the_reason() -> None:
    listener = Listener(poison=frozenset({"e2"}))
    recorded(said("e1"), said("e2"), said("e3"), at=1)

    handled = [listener.delivered(until=second_) for second_ in (2, 3.1, 5.2)]

    assert handled == [1, 1, 1]
    assert owners() == {"e2": (3, "owner of C-1", "ValueError: cannot bear e2", True)}
    assert str(Failure.objects.get()).endswith(": ValueError: cannot bear e2")
    listener.delivered(until=6)
    assert listener.heard[-1] == ["e1", "e3"]
    assert next_due() is None


def test_it_is_tried_again_after_a_pause_that_grows() -> None:
    listener = Listener(poison=frozenset({"e2"}))
    recorded(said("e2"), at=1)

    listener.delivered(until=2)
    first = next_due()
    listener.delivered(until=4)

    assert (first, next_due()) == (second(3), second(6))


def test_what_failed_once_and_then_works_leaves_no_trace_but_the_attempt() -> None:
    listener = Listener(poison=frozenset({"e2"}))
    recorded(said("e2"), at=1)
    listener.delivered(until=2)
    listener.poison = frozenset()

    listener.delivered(until=4)

    assert listener.heard[-1] == ["e2"]
    assert owners() == {"e2": (1, "owner of C-1", "ValueError: cannot bear e2", False)}


def test_the_other_customers_of_a_batch_go_on() -> None:
    listener = Listener(poison=frozenset({"e2"}), again={"C-1": second(60)})
    recorded(said("e1", customer="C-1"), said("e2", customer="C-2"), said("e3", customer="C-3"), at=1)

    assert listener.delivered(until=2) == 3
    assert listener.heard == [["e1"], [], ["e3"]]  # C-2 was tried without its fact, and that was undone
    assert next_due() == second(3)


def test_where_no_single_fact_is_to_blame_the_newest_is() -> None:
    listener = Listener(poison=frozenset({"e1", "e2"}))
    recorded(said("e1"), at=1)
    recorded(said("e2"), at=2)

    for until in range(3, 60, 4):
        listener.delivered(until=until)

    assert {name: (attempts, aside) for name, (attempts, _, _, aside) in owners().items()} == {
        "e1": (3, True),
        "e2": (3, True),
    }
    assert next_due() is None


def test_a_failure_that_no_fact_explains_is_not_hidden() -> None:
    listener = Listener(poison=frozenset({"C-9"}))
    Delivery.objects.create(key="C-9", customer="C-9", due_at=second(1))

    with pytest.raises(ValueError, match="cannot bear C-9"):
        listener.delivered(until=2)
