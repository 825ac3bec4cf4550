"""A new contract is renounced: confirmed at once, goods come back, everything is paid back (WDR-01 to WDR-07)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from ligneclaire.contracts.rules import withdrawal
from ligneclaire.flow.plan import Heard, Plan, Says, Stands, Step
from ligneclaire.flow.states import SETTLED
from ligneclaire.journeys.plans import keys
from ligneclaire.journeys.plans.reading import (
    View,
    amount_of,
    came_back,
    paid_at,
    received_on,
    to_return,
    told_at,
    unless_others,
)
from ligneclaire.journeys.terms import Terms
from ligneclaire.kernel.calendar import DayKind


def _begins(stands: Mapping[str, Stands]) -> Heard | None:
    found = stands.get(keys.RENOUNCED)
    return found.said[0] if found else None


def _declared_on(view: View) -> date:
    found = _begins(view.stands)
    return view.calendar.date_of(found.at if found else view.started_at)


def _return_by(view: View) -> date:
    return view.day(keys.RETURN_BY) or withdrawal.return_goods_by(_declared_on(view), calendar=view.calendar)


def _refund_by(view: View) -> date:
    """WDR-03: from being informed, or when the goods are back where that is later."""
    return _refund_due_on(view, received_on(view) or _return_by(view))


def _refund_due_on(view: View, goods_back_on: date) -> date:
    has_goods = bool(to_return(view))
    due_on = withdrawal.refund_due_on(
        _declared_on(view), has_goods=has_goods, goods_back_on=goods_back_on, calendar=view.calendar
    )
    assert due_on
    return due_on


def _paid(view: View) -> datetime | None:
    amount = amount_of(view, keys.REFUND)
    return paid_at(view, amount) if amount else None


def _says_what_to_return(view: View) -> object:
    return unless_others(view, keys.TO_RETURN, sorted({thing.kind for thing in view.terms.equipment}) or None)


def _says_how_to_return(view: View) -> object:
    return unless_others(view, keys.RETURN_HOW, keys.LABEL if to_return(view) else None)


def _says_return_by(view: View) -> object:
    by = withdrawal.return_goods_by(_declared_on(view), calendar=view.calendar)
    return unless_others(view, keys.RETURN_BY, by.isoformat() if to_return(view) else None)


def _says_refund_by(view: View) -> object:
    """By when, as soon as that is certain."""
    is_certain = not to_return(view) or received_on(view)
    return unless_others(view, keys.REFUND_BY, _refund_by(view).isoformat() if is_certain else None)


def _says_closed(view: View) -> object:
    rows = [row for row in view.steps.values() if row.name != "say_goodbye"]
    return {} if rows and all(row.state in SETTLED for row in rows) else None


WITHDRAWAL: Plan[Terms] = Plan(
    kind="withdrawal",
    version=1,
    triggers=frozenset({keys.RENOUNCED}),
    begins=_begins,
    cancelled=lambda view: _begins(view.stands) is None,
    steps=(
        Step(
            name="receive",
            department=lambda view: found.source if (found := _begins(view.stands)) else keys.CUSTOMER_SERVICE,
            due=_declared_on,
            closed=lambda view: view.started_at,
        ),
        Step(
            name="acknowledge",
            department=lambda _: keys.CUSTOMER_SERVICE,
            after=("receive",),
            due=_declared_on,
            closed=lambda view: told_at(view, keys.RENOUNCED),
        ),
        Step(
            name="return_equipment",
            department=lambda _: keys.EQUIPMENT,
            after=("receive",),
            due=_return_by,
            latest=_return_by,
            closed=came_back,
            wanted=lambda view: bool(to_return(view)),
            tells=keys.RETURN_BY,
        ),
        Step(
            name="refund",
            department=lambda _: keys.BILLING,
            after=("return_equipment",),
            due=lambda view: view.day(keys.REFUND_BY) or _refund_by(view),
            latest=_refund_by,
            closed=_paid,
            tells=keys.REFUND_BY,
        ),
        Step(
            name="say_goodbye",
            department=lambda _: keys.CUSTOMER_SERVICE,
            after=("acknowledge", "return_equipment", "refund"),
            due=lambda view: view.calendar.add(_refund_by(view), 1, DayKind.OUVRE),
            closed=lambda view: told_at(view, keys.CLOSED),
        ),
    ),
    says=(
        Says(key=keys.TO_RETURN, value=_says_what_to_return),
        Says(key=keys.RETURN_HOW, value=_says_how_to_return),
        Says(key=keys.RETURN_BY, value=_says_return_by),
        Says(key=keys.REFUND_BY, value=_says_refund_by),
        Says(key=keys.CLOSED, value=_says_closed),
    ),
)
