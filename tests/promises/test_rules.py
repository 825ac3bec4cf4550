"""What becomes of a promise: kept, moved in time, broken, or passed without anybody saying."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from ligneclaire.kernel.calendar import Calendar
from ligneclaire.promises.rules import Matter, Pledge, PledgeState, expire, prove, retell

CALENDAR = Calendar()
DUE, EVE, MORROW = date(2015, 3, 5), date(2015, 3, 4), date(2015, 3, 6)
MADE = datetime(2015, 2, 17, 7, 0, tzinfo=UTC)
NOW = datetime(2015, 3, 4, 9, 0, tzinfo=UTC)
MIDNIGHT = datetime(2015, 3, 5, 23, 0, tzinfo=UTC)  # the end of the day in Paris
OPEN, KEPT, MOVED, BROKEN, UNCONFIRMED = PledgeState


def a_promise(*, due_on: date | None = DUE, matter: Matter = Matter.VALUE, state: PledgeState = OPEN) -> Pledge:
    return Pledge(
        subject="contract:K-1",
        key="closing_bill.date",
        matter=matter,
        value="2015-03-05",
        due_on=due_on,
        made_by=UUID(int=1),
        made_at=MADE,
        state=state,
        closed_at=None if state is OPEN else NOW,
    )


def test_a_promise_expires_at_midnight_where_the_customer_lives() -> None:
    assert a_promise().expires_at(CALENDAR) == MIDNIGHT
    assert a_promise(due_on=date(2015, 3, 28)).expires_at(CALENDAR) == datetime(2015, 3, 28, 23, 0, tzinfo=UTC)
    assert a_promise(due_on=date(2015, 3, 29)).expires_at(CALENDAR) == datetime(2015, 3, 29, 22, 0, tzinfo=UTC)


@pytest.mark.parametrize("promise", [a_promise(due_on=None), a_promise(state=KEPT), a_promise(state=UNCONFIRMED)])
def test_a_promise_without_a_date_or_already_closed_does_not_expire(promise: Pledge) -> None:
    assert promise.expires_at(CALENDAR) is None
    assert expire(promise, calendar=CALENDAR, at=MIDNIGHT) is promise


@pytest.mark.parametrize(("matter", "state"), [(Matter.VALUE, UNCONFIRMED), (Matter.TELLING, BROKEN)])
def test_when_its_day_is_over_what_others_do_is_unconfirmed_and_what_we_do_is_broken(
    matter: Matter, state: PledgeState
) -> None:
    promise = a_promise(matter=matter)

    assert expire(promise, calendar=CALENDAR, at=NOW) is promise
    assert expire(promise, calendar=CALENDAR, at=MIDNIGHT) == replace(promise, state=state, closed_at=MIDNIGHT)


@pytest.mark.parametrize("state", [OPEN, UNCONFIRMED])
@pytest.mark.parametrize(("happened_on", "end"), [(EVE, KEPT), (DUE, KEPT), (MORROW, BROKEN)])
def test_evidence_shows_whether_it_was_kept_also_when_it_comes_late(
    state: PledgeState, happened_on: date, end: PledgeState
) -> None:
    promise = a_promise(state=state)

    assert prove(promise, happened_on=happened_on, at=NOW) == replace(promise, state=end, closed_at=NOW)


@pytest.mark.parametrize("state", [OPEN, UNCONFIRMED])
@pytest.mark.parametrize(("told_on", "end"), [(EVE, MOVED), (DUE, MOVED), (MORROW, BROKEN)])
def test_another_date_told_in_time_moves_a_promise_and_told_too_late_breaks_it(
    state: PledgeState, told_on: date, end: PledgeState
) -> None:
    promise = a_promise(state=state)

    assert retell(promise, told_on=told_on, at=NOW) == replace(promise, state=end, closed_at=NOW)


def test_an_amount_has_no_day_and_is_never_late() -> None:
    amount = a_promise(due_on=None)

    assert prove(amount, happened_on=MORROW, at=NOW).state is KEPT
    assert retell(amount, told_on=MORROW, at=NOW).state is MOVED


@pytest.mark.parametrize("state", [KEPT, MOVED, BROKEN])
def test_what_is_decided_stays_decided(state: PledgeState) -> None:
    promise = a_promise(state=state)

    assert promise.is_waiting is False
    assert prove(promise, happened_on=MORROW, at=MIDNIGHT) is promise
    assert retell(promise, told_on=MORROW, at=MIDNIGHT) is promise
