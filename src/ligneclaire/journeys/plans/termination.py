"""A contract ends: everything is asked once, given back in time, and said once.

Received, acknowledged; then side by side the notice runs, the line ends or moves to another operator, equipment comes
back, the closing bill is made; refunds; good-bye.
"""

from __future__ import annotations

from ligneclaire.flow.plan import Plan, Step
from ligneclaire.journeys.plans import keys, leaving
from ligneclaire.journeys.plans.leaving_says import SAYS
from ligneclaire.journeys.plans.reading import View, amount_of, came_back, said_at, to_return, told_at
from ligneclaire.journeys.terms import Terms


def _receiver(view: View) -> str:
    found = leaving.begins(view.stands)
    return found.source if found else keys.CUSTOMER_SERVICE


def _releaser(view: View) -> str:
    return keys.THIRD_PARTY if keys.TAKEN_OVER in view.stands else keys.EXCHANGE


TERMINATION: Plan[Terms] = Plan(
    kind="termination",
    version=1,
    triggers=frozenset({keys.REQUESTED, keys.TAKEN_OVER, keys.ENDS_ON}),
    begins=leaving.begins,
    cancelled=leaving.is_cancelled,
    says=SAYS,
    steps=(
        Step(
            name="receive",
            department=_receiver,
            due=leaving.begun_on,
            closed=lambda view: view.started_at,
        ),
        Step(
            name="acknowledge",
            department=lambda _: keys.CUSTOMER_SERVICE,
            after=("receive",),
            due=leaving.acknowledge_by,
            closed=lambda view: told_at(view, keys.REQUESTED),
            wanted=lambda view: keys.REQUESTED in view.stands,
        ),
        Step(
            name="state_end",
            department=lambda _: keys.CONTRACTS,
            after=("receive",),
            due=lambda view: view.calendar.date_of(leaving.latest_telling(view)),
            closed=lambda view: said_at(view, keys.ENDS_ON),
            is_inside=True,
        ),
        Step(
            name="run_notice",
            department=lambda _: keys.CONTRACTS,
            after=("state_end",),
            due=leaving.ends_on,
            latest=leaving.notice_ends_on,
            closed=leaving.end_passed,
            tells=keys.ENDS_ON,
        ),
        Step(
            name="release_line",
            department=_releaser,
            after=("receive",),
            due=leaving.line_leaves_on,
            latest=leaving.notice_ends_on,
            closed=leaving.line_left,
        ),
        Step(
            name="return_equipment",
            department=lambda _: keys.EQUIPMENT,
            after=("state_end",),
            due=leaving.return_by,
            closed=came_back,
            wanted=lambda view: bool(to_return(view)),
            tells=keys.RETURN_BY,
        ),
        Step(
            name="remind",
            department=lambda _: keys.EQUIPMENT,
            due=leaving.remind_on,
            closed=lambda view: told_at(view, keys.MISSING),
            wanted=lambda view: keys.MISSING in view.own,
        ),
        Step(
            name="charge",
            department=lambda _: keys.BILLING,
            due=leaving.charge_on,
            closed=lambda view: told_at(view, keys.CHARGED),
            wanted=lambda view: keys.CHARGED in view.own,
        ),
        Step(
            name="issue_closing_bill",
            department=lambda _: keys.BILLING,
            after=("run_notice",),
            due=leaving.bill_on,
            closed=lambda view: said_at(view, keys.BILLED),
            tells=keys.BILL_ON,
        ),
        Step(
            name="refund_deposit",
            department=lambda _: keys.BILLING,
            after=("run_notice", "return_equipment"),
            due=lambda view: view.day(keys.DEPOSIT_BY) or leaving.deposit_by(view),
            latest=leaving.deposit_by,
            closed=leaving.deposit_paid,
            wanted=lambda view: leaving.deposit(view) is not None,
            tells=keys.DEPOSIT_BY,
        ),
        Step(
            name="refund_advance",
            department=lambda _: keys.BILLING,
            after=("issue_closing_bill",),
            due=lambda view: view.day(keys.ADVANCE_BY) or leaving.advance_by(view),
            latest=leaving.advance_by,
            closed=leaving.advance_paid,
            wanted=lambda view: amount_of(view, keys.ADVANCE) is not None,
            tells=keys.ADVANCE_BY,
        ),
        Step(
            name="say_goodbye",
            department=lambda _: keys.CUSTOMER_SERVICE,
            after=(
                *("acknowledge", "run_notice", "release_line", "return_equipment", "remind", "charge"),
                *("issue_closing_bill", "refund_deposit", "refund_advance"),
            ),
            due=leaving.goodbye_on,
            closed=lambda view: told_at(view, keys.CLOSED),
        ),
    ),
)
