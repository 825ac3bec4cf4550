"""What the plan of a termination itself states, while nobody in charge has said anything better."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from ligneclaire.contracts.rules import early_termination, numbers
from ligneclaire.contracts.rules.early_termination import Fee, FeeReason
from ligneclaire.flow.engine import SOURCE
from ligneclaire.flow.plan import Says
from ligneclaire.flow.states import SETTLED
from ligneclaire.journeys.plans import keys
from ligneclaire.journeys.plans.leaving import (
    RETURN_DAYS,
    advance_by,
    deposit_by,
    deposit_paid,
    ends_on,
    is_exempt,
    late_deposit,
    latest_telling,
    notice_ends_on,
    return_by,
)
from ligneclaire.journeys.plans.reading import (
    View,
    after,
    amount_of,
    missing,
    received_on,
    to_return,
    told_at,
    unless_others,
)
from ligneclaire.journeys.terms import Terms
from ligneclaire.kernel.calendar import DayKind
from ligneclaire.kernel.money import Rounding

REMINDER_DAYS = 15  # between the reminder and the formal notice: practice


def _end(view: View) -> object:
    """The end by law, when contracts has not said it in time."""
    own = view.own.get(keys.ENDS_ON)
    if own or view.stated_by_others(keys.ENDS_ON, source=SOURCE) or not view.has_come(latest_telling(view)):
        return own
    return notice_ends_on(view).isoformat()


def _number_kept(view: View) -> object:
    """TER-23: how long the number can still be taken along; not once it was."""
    if keys.TAKEN_OVER in view.stands:
        return view.own.get(keys.NUMBER_KEPT)
    until = numbers.portable_until(ends_on(view), calendar=view.calendar)
    return _once_it_ends(view, keys.NUMBER_KEPT, until.isoformat())


def _mailbox_kept(view: View) -> object:
    """TER-22."""
    until = numbers.mailbox_until(ends_on(view), calendar=view.calendar)
    return _once_it_ends(view, keys.MAILBOX_KEPT, until.isoformat() if view.terms.kind == "fixed" else None)


def _fee(view: View) -> object:
    """TER-11: what leaving early costs, or that it costs nothing."""
    fee = _certain_fee(view)
    return _once_it_ends(view, keys.FEE, fee.amount.as_json() if fee else None)


def _formula(view: View) -> object:
    """How the fee is computed, as long as nobody in charge states another."""
    fee, bound = _certain_fee(view), view.terms.commitment
    is_ours = not view.stated_by_others(keys.FEE, source=SOURCE)
    if fee is None or bound is None or not (is_ours or amount_of(view, keys.FEE) == fee.amount):
        return _once_it_ends(view, keys.FORMULA, None)
    return _once_it_ends(view, keys.FORMULA, early_termination.formula(fee, monthly=bound.monthly) or None)


def _certain_fee(view: View) -> Fee | None:
    """The fee, unless something has to be looked at first: a reason by a person, a commitment or clause by billing."""
    bound, until, day = view.terms.commitment, view.terms.committed_until, ends_on(view)
    exempt = is_exempt(view)
    if bound is None and until and until > day and not exempt:
        return None  # nobody told us what the contract asks
    fee = early_termination.fee(bound, ends_on=day, exempt=bool(exempt), country=view.calendar.country)
    if fee.reason is FeeReason.BLOCKED_WITHOUT_CLAUSE:
        return None  # TER-18
    return None if fee.amount.minor and exempt is None else fee


def _to_return(view: View) -> object:
    lent = sorted({thing.kind for thing in view.terms.equipment})
    return _once_it_ends(view, keys.TO_RETURN, lent or None)


def _return_how(view: View) -> object:
    return _once_it_ends(view, keys.RETURN_HOW, keys.LABEL if to_return(view) else None)


def _return_by(view: View) -> object:
    day = ends_on(view) + timedelta(days=RETURN_DAYS)
    return _once_it_ends(view, keys.RETURN_BY, day.isoformat() if to_return(view) else None)


def _deposit(view: View) -> object:
    """TER-20: a deposit that is late is half as much again."""
    amount = view.terms.deposit
    if amount is None:
        return None
    came_back = received_on(view) is not None or not to_return(view)
    if deposit_paid(view) is None and came_back and view.has_come(after(view, deposit_by(view))):
        amount = late_deposit(view, amount)
    return _once_it_ends(view, keys.DEPOSIT, amount.as_json())


def _deposit_by(view: View) -> object:
    """By when, as soon as that is certain."""
    came_back = received_on(view) if to_return(view) else None
    by = deposit_by(view).isoformat() if came_back and view.terms.deposit else None
    return unless_others(view, keys.DEPOSIT_BY, view.own.get(keys.DEPOSIT_BY) or by)


def _advance_by(view: View) -> object:
    by = advance_by(view).isoformat() if keys.BILLED in view.stands and amount_of(view, keys.ADVANCE) else None
    return unless_others(view, keys.ADVANCE_BY, view.own.get(keys.ADVANCE_BY) or by)


def _missing(view: View) -> object:
    """The reminder, once, when the day to return has passed."""
    if keys.MISSING in view.own:
        return view.own[keys.MISSING]
    lost = sorted(missing(view)) if keys.ENDS_ON in view.stands else []
    return lost if lost and view.has_come(after(view, return_by(view))) else None


def _formal_notice(view: View) -> object:
    """A last day, given only after the reminder; how many days there are, departments say and owners settle."""
    if keys.NOTICE in view.own:
        return view.own[keys.NOTICE]
    reminded, days = told_at(view, keys.MISSING), view.value(keys.NOTICE_DAYS)
    if reminded is None or not isinstance(days, int) or not missing(view):
        return None
    if not view.has_come(after(view, view.calendar.date_of(reminded), REMINDER_DAYS)):
        return None
    return view.calendar.add(view.today, days, DayKind.CALENDAR).isoformat()


def _charged(view: View) -> object:
    """The part of the penalty for what is missing, after the formal notice; taken back when it turns up."""
    last_day, penalty, lost = view.own.get(keys.NOTICE), amount_of(view, keys.PENALTY), missing(view)
    if not isinstance(last_day, str) or penalty is None or not lost or told_at(view, keys.NOTICE) is None:
        return None
    if not view.has_come(after(view, date.fromisoformat(last_day))):
        return None
    part = Fraction(len(lost), len(to_return(view)))
    return penalty.share(part, rounding=Rounding.DOWN).as_json()


def _closed(view: View) -> object:
    """That everything is settled."""
    over = all(row.state in SETTLED for row in view.steps.values() if row.name != "say_goodbye")
    return {} if over and keys.ENDS_ON in view.stands else None


def _once_it_ends(view: View, key: str, value: object) -> object:
    """What follows from the end date is said with it."""
    return unless_others(view, key, value) if view.day(keys.ENDS_ON) else view.own.get(key)


SAYS: tuple[Says[Terms], ...] = (
    Says(key=keys.ENDS_ON, value=_end),
    Says(key=keys.NUMBER_KEPT, value=_number_kept),
    Says(key=keys.MAILBOX_KEPT, value=_mailbox_kept),
    Says(key=keys.FEE, value=_fee),
    Says(key=keys.FORMULA, value=_formula),
    Says(key=keys.TO_RETURN, value=_to_return),
    Says(key=keys.RETURN_HOW, value=_return_how),
    Says(key=keys.RETURN_BY, value=_return_by),
    Says(key=keys.DEPOSIT, value=_deposit),
    Says(key=keys.DEPOSIT_BY, value=_deposit_by),
    Says(key=keys.ADVANCE_BY, value=_advance_by),
    Says(key=keys.MISSING, value=_missing),
    Says(key=keys.NOTICE, value=_formal_notice),
    Says(key=keys.CHARGED, value=_charged),
    Says(key=keys.CLOSED, value=_closed),
)
