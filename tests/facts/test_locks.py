"""Recorders, workers and those who wake everybody take customers in one order, so that none waits for the other."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from facts.words import Listener, recorded, said, second
from ligneclaire.facts.record import hold, wake_all
from together import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_waking_everybody_while_a_recorder_holds_two_customers_is_no_deadlock() -> None:
    listener = Listener(again={"C-1": second(60), "C-2": second(60)})
    recorded(said("b", customer="C-2"), at=1)
    recorded(said("a", customer="C-1"), at=1)
    listener.delivered(until=2)
    holds_the_first, waits = threading.Event(), threading.Event()

    @transaction.atomic
    def hold_one_after_the_other() -> None:
        hold(["C-1"])
        holds_the_first.set()
        assert waits.wait(10)
        hold(["C-2"])

    def wake() -> None:
        assert holds_the_first.wait(10)
        wake_all(at=second(3))

    def see_that_somebody_waits() -> None:
        soon(somebody_waits)
        waits.set()

    assert together(hold_one_after_the_other, wake, see_that_somebody_waits) == [None, None, None]


def soon(happened: Callable[[], bool], *, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.01)


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        (number,) = cursor.fetchone()
        return bool(number)
