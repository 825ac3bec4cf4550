"""When the steps of a termination are due, and what ends them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from ligneclaire.contracts.facts import REASON_DECIDED
from ligneclaire.contracts.rules import notice, refunds
from ligneclaire.contracts.rules.reasons import Reason
from ligneclaire.flow.engine import SOURCE
from ligneclaire.flow.plan import Heard, Stands
from ligneclaire.flow.states import StepState
from ligneclaire.journeys.plans.keys import (
    ADVANCE,
    BILL_ON,
    BILLED,
    DEPOSIT,
    ENDS_ON,
    NOTICE,
    ONLINE,
    RENOUNCED,
    REQUESTED,
    RETURN_BY,
    TAKEN_OVER,
)
from ligneclaire.journeys.plans.reading import View, after, amount_of, day_in, paid_at, received_on, to_return
from ligneclaire.kernel.calendar import DayKind
from ligneclaire.kernel.money import Money

DISPATCH, DAYS_BEFORE_END = time(8, 0), 3  # when a letter must have left
RETURN_DAYS, BILL_DAYS = 15, 15  # practice, where no department says anything else


def begins(stands: Mapping[str, Stands]) -> Heard | None:
    """The customer asks, or another operator takes the line over, or contracts ends what nobody asked to end.

    Nothing of that counts where the customer renounces the contract altogether.
    """
    if RENOUNCED in stands:
        return None
    for key in (REQUESTED, TAKEN_OVER, ENDS_ON):
        found = stands.get(key)
        if first := next((fact for fact in found.said if fact.source != SOURCE), None) if found else None:
            return first
    return None


def is_cancelled(view: View) -> bool:
    """Taken back, or the port that ended it did not happen, or renounced."""
    return begins(view.stands) is None


def begun_on(view: View) -> date:
    """The day on which we received what began it."""
    found = begins(view.stands)
    return view.calendar.date_of(found.at if found else view.started_at)


def latest_telling(view: View) -> datetime:
    """When whoever has to say the end date must have said it, so that the customer reads it in time."""
    if _is_online(view):
        return view.started_at
    return view.calendar.at(view.calendar.subtract(ends_on(view), DAYS_BEFORE_END, DayKind.OUVRE), DISPATCH)


def acknowledge_by(view: View) -> date:
    """The same day online, else the next working day."""
    day = begun_on(view)
    return day if _is_online(view) else view.calendar.add(day, 1, DayKind.OUVRE)


def notice_ends_on(view: View) -> date:
    """TER-01: the last day by law, or a later one that the customer asked for; POR-04: the port, where it ends it."""
    taken_over, request = view.stands.get(TAKEN_OVER), _request(view)
    if request is None and taken_over and taken_over.effective:
        return taken_over.effective
    received_on, wished_on = begun_on(view), day_in(request, "wished_on")
    wished_on = wished_on if wished_on and wished_on >= received_on else None
    return notice.ends_on(received_on, wished_on=wished_on, calendar=view.calendar)


def ends_on(view: View) -> date:
    """The end as it stands, or as the law has it."""
    return view.day(ENDS_ON) or notice_ends_on(view)


def line_leaves_on(view: View) -> date:
    """When another operator takes the line over, or the contract ends."""
    taken_over = view.stands.get(TAKEN_OVER)
    return taken_over.effective if taken_over and taken_over.effective else ends_on(view)


def return_by(view: View) -> date:
    """Until when the equipment comes back."""
    return view.day(RETURN_BY) or ends_on(view) + timedelta(days=RETURN_DAYS)


def remind_on(view: View) -> date:
    """The working day after it should have come back."""
    return view.calendar.add(return_by(view), 1, DayKind.OUVRE)


def charge_on(view: View) -> date:
    """The working day after the last day of the formal notice."""
    last_day = view.own.get(NOTICE)
    day = date.fromisoformat(last_day) if isinstance(last_day, str) else return_by(view)
    return view.calendar.add(day, 1, DayKind.OUVRE)


def bill_on(view: View) -> date:
    """When the closing bill is made."""
    return view.day(BILL_ON) or ends_on(view) + timedelta(days=BILL_DAYS)


def deposit_by(view: View) -> date:
    """TER-19: counted from the return of the object; where nothing has to come back, from the end."""
    came_back = (received_on(view) or return_by(view)) if to_return(view) else ends_on(view)
    return refunds.deposit_due_on(came_back, calendar=view.calendar)


def advance_by(view: View) -> date:
    """TER-19: counted from the payment of the last bill; we count from the bill itself, which is never later."""
    return refunds.advance_due_on(view.day(BILLED) or bill_on(view), calendar=view.calendar)


def goodbye_on(view: View) -> date:
    """The working day after everything else."""
    needed = (row for row in view.steps.values() if row.state is not StepState.SPARED)
    others = [row.expected_on for row in needed if row.name != "say_goodbye"]
    return view.calendar.add(max([ends_on(view), *others]), 1, DayKind.OUVRE)


def end_passed(view: View) -> datetime | None:
    """Since when the contract is over."""
    end = after(view, ends_on(view))
    return end if ENDS_ON in view.stands and view.has_come(end) else None


def line_left(view: View) -> datetime | None:
    """Since when the line is no longer ours."""
    taken_over = view.stands.get(TAKEN_OVER)
    if taken_over is None:
        return end_passed(view)
    left = view.calendar.at(taken_over.effective, time(0, 0)) if taken_over.effective else taken_over.said[0].at
    return left if view.has_come(left) else None


def deposit(view: View) -> Money | None:
    """What was paid as a deposit, as billing says or as the offer has it."""
    stated = amount_of(view, DEPOSIT) if view.stated_by_others(DEPOSIT, source=SOURCE) else None
    return stated or view.terms.deposit


def deposit_paid(view: View) -> datetime | None:
    """Since when it is paid back: in time as agreed, or later with what the law adds; only where there is one."""
    amount = deposit(view)
    assert amount is not None
    in_time, late = paid_at(view, amount), paid_at(view, late_deposit(view, amount))
    return in_time if in_time and view.calendar.date_of(in_time) <= deposit_by(view) else late


def late_deposit(view: View, amount: Money) -> Money:
    """TER-20: what it has become once it is late."""
    due_on = deposit_by(view)
    return refunds.payable(amount, due_on=due_on, paid_on=due_on + timedelta(days=1), country=view.calendar.country)


def advance_paid(view: View) -> datetime | None:
    """Since when advance payments are paid back."""
    amount = amount_of(view, ADVANCE)
    return paid_at(view, amount) if amount else None


def is_exempt(view: View) -> bool | None:
    """Whether the reason that was given spares the fee; None while it waits for a person to look at it.

    A reason of a department's own words is none that the law knows. What was decided before the customer asked was
    about an earlier request.
    """
    begun = begins(view.stands)
    decided = [
        isinstance(fact.value, dict) and fact.value.get("accepted") is True
        for fact in view.heard
        if fact.kind == REASON_DECIDED and begun and fact.at >= begun.at
    ]
    if decided:
        return any(decided)
    given = (_request(view) or {}).get("reason")
    return None if given in list(Reason) else False


def _request(view: View) -> dict[str, object] | None:
    value = view.value(REQUESTED)
    return value if isinstance(value, dict) else None


def _is_online(view: View) -> bool:
    request = _request(view)
    return request is not None and request.get("received_by") == ONLINE
