"""A line moves with its customer: nothing is cut before its day, nor before the new line is proven to work.

Asked; a visit is agreed; the new line is built and proven; then the old one is cut, and number and options follow.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from ligneclaire.flow.plan import Heard, Plan, Says, Stands, Step
from ligneclaire.journeys.plans import line
from ligneclaire.journeys.plans.reading import View, day_in, said_at, told_at
from ligneclaire.journeys.terms import Terms
from ligneclaire.kernel.calendar import DayKind
from ligneclaire.network.facts import GIVEN

DAYS_TO_BUILD = 10  # working days, where the customer names no day: practice


def _begins(stands: Mapping[str, Stands]) -> Heard | None:
    made = line.said(stands, line.MOVE)
    return made[-1] if made else None


def _receiver(view: View) -> str:
    request = line.asked(view, line.MOVE)
    return request.source if request else line.CUSTOMER_SERVICE


def _first_day(view: View) -> date:
    """The day for which the customer asks, or the one that building takes."""
    request = line.asked(view, line.MOVE)
    wished = day_in(request.value, "date") if request and isinstance(request.value, dict) else None
    asked_on = view.calendar.date_of(request.at if request else view.started_at)
    return max(asked_on, wished) if wished else view.calendar.add(asked_on, DAYS_TO_BUILD, DayKind.OUVRE)


def _works_on(view: View) -> object:
    return line.kept_or_moved(view, line.WORKS_ON, _first_day(view))


def _due(view: View) -> date:
    """The day that stands, or what the plan makes of the answers before it is said."""
    return view.day(line.WORKS_ON) or line.works_by(view, line.WORKS_ON, _first_day(view))


def _build_on(view: View) -> date:
    return line.visit_on(view) or _due(view)


def _cut_due(view: View) -> date:
    """Never before the new line works."""
    at = line.proven_at(view)
    return line.next_working_day(view, at) if at else view.calendar.add(_due(view), 1, DayKind.OUVRE)


def _is_cut(view: View) -> datetime | None:
    proof, cuts = line.proven_at(view), line.said(view.stands, line.CUT)
    return max(proof, cuts[0].at) if proof and cuts else None


def _number_there(view: View) -> datetime | None:
    given = [f.at for f in view.heard if f.kind == GIVEN and isinstance(f.value, dict) and f.value["kind"] == "number"]
    return min([*given, *(fact.at for fact in line.said(view.stands, line.NUMBER_MOVED))], default=None)


def _remedy(view: View) -> object:
    """Where the customer has the old line cut first, the days without one are bridged."""
    request = line.asked(view, line.MOVE)
    cut_first = isinstance(request.value, dict) and request.value.get("cut_first") is True if request else False
    return list(line.REMEDIES) if cut_first and line.proven(view) is None else None


MOVE_HOME: Plan[Terms] = Plan(
    kind="move_home",
    version=1,
    repeats=True,
    triggers=frozenset({line.MOVE}),
    begins=_begins,
    cancelled=lambda view: _begins(view.stands) is None,
    says=(
        Says(key=line.WORKS_ON, value=_works_on),
        Says(key=line.REMEDY, value=_remedy),
        Says(key=line.WORKS, value=line.works_since),
        *line.OF_VISITS,
    ),
    steps=(
        Step(
            name="receive",
            department=_receiver,
            due=lambda view: view.calendar.date_of(view.started_at),
            closed=lambda view: view.started_at,
        ),
        Step(
            name="acknowledge",
            department=lambda _: line.CUSTOMER_SERVICE,
            after=("receive",),
            due=lambda view: line.next_working_day(view, view.started_at),
            closed=lambda view: told_at(view, line.MOVE),
        ),
        Step(
            name="agree_visit",
            department=lambda _: line.FIELD,
            after=("receive",),
            due=lambda view: line.next_working_day(view, view.started_at, 2),
            closed=lambda view: said_at(view, line.VISIT_AT) or line.is_visited(view) or line.proven_at(view),
        ),
        Step(
            name="keep_word",
            department=line.answered_by,
            due=line.answer_due,
            closed=line.proven_at,
            wanted=lambda view: bool(line.said(view.stands, line.CALL)),
            is_inside=True,
        ),
        Step(
            name="build_line",
            department=lambda _: line.FIELD,
            after=("agree_visit",),
            due=_build_on,
            closed=lambda view: line.is_visited(view) or line.proven_at(view),
            tells=line.VISIT_AT,
        ),
        Step(
            name="prove_line",
            department=lambda _: line.TECHNICAL,
            after=("build_line",),
            due=_due,
            closed=line.proven_at,
            tells=line.WORKS_ON,
        ),
        Step(
            name="cut_old_line",
            department=lambda _: line.EXCHANGE,
            after=("prove_line",),
            due=_cut_due,
            closed=_is_cut,
        ),
        Step(
            name="carry_over",
            department=lambda _: line.EXCHANGE,
            after=("prove_line",),
            due=_cut_due,
            closed=_number_there,
        ),
        Step(
            name="say_it_works",
            department=lambda _: line.CUSTOMER_SERVICE,
            after=("acknowledge", "keep_word", "prove_line", "cut_old_line", "carry_over"),
            due=_cut_due,
            closed=lambda view: told_at(view, line.WORKS),
        ),
    ),
)
