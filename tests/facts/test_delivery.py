"""News reaches the listener: all of it, in order, by one worker at a time, and nothing is forgotten."""

from __future__ import annotations

import pytest

from facts.words import Listener, recorded, said, second
from ligneclaire.facts.delivery import next_due

pytestmark = pytest.mark.django_db


def test_news_that_came_after_a_delivery_began_is_due_at_its_own_instant() -> None:
    listener = Listener()
    recorded(said("early"), at=1)
    recorded(said("late"), at=10)

    listener.delivered(until=5)

    assert listener.heard == [["early"]]
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
