"""A line moves with its customer: nothing is cut before its day, nor before the new line is proven to work.

Asked; a visit is agreed; the new line is built and proven; then the old one is cut, and number and options follow.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from ligneclaire.flow.plan import Heard, Plan, Says, Stands, Step
from ligneclaire.journeys.plans import line, proofs
from ligneclaire.journeys.plans.proofs import Move
from ligneclaire.journeys.plans.reading import View, day_in, said_at, told_at
from ligneclaire.journeys.terms import Terms
from ligneclaire.kernel.calendar import DayKind

DAYS_TO_BUILD = 10  # working days, where the customer names no day: practice


def _begins(stands: Mapping[str, Stands]) -> Heard | None:
    moves = proofs.told(stands).moves
    return moves[-1].request if moves else None


def _move(view: View) -> Move | None:
    """The move of this plan: the first that was asked for since it began."""
    moves = proofs.told(view.stands).moves
    return next((one for one in moves if one.request.recorded_at >= view.started_at), None)


def _is_taken_back(view: View) -> bool:
    """Whether nobody asks for a move any more, or the customer took back the one of this plan."""
    taken_back = line.since_begun(view, proofs.said(view.stands, proofs.TAKEN_BACK))
    return _begins(view.stands) is None or (bool(taken_back) and _move(view) is None)


def _is_over(view: View) -> bool:
    """Whether the contract ended, or another move was asked for after this one."""
    moves, own = proofs.told(view.stands).moves, _move(view)
    return line.is_over(view) or bool(own and own.proof and moves[-1].request.recorded_at > own.request.recorded_at)


def _proven_at(view: View) -> datetime | None:
    """Since when the new line is known to work."""
    move = _move(view)
    return move.proof.at if move and move.proof else None


def _receiver(view: View) -> str:
    move = _move(view)
    return move.request.source if move else line.CUSTOMER_SERVICE


def _first_day(view: View) -> date:
    """The day for which the customer asks, or the one that building takes."""
    move = _move(view)
    wished = day_in(proofs.fields(move.request), "date") if move else None
    asked_on = view.calendar.date_of(move.request.at if move else view.started_at)
    return max(asked_on, wished) if wished else view.calendar.add(asked_on, DAYS_TO_BUILD, DayKind.OUVRE)


def _works_on(view: View) -> object:
    return line.kept_or_moved(view, line.WORKS_ON, _first_day(view), works=_proven_at(view) is not None)


def _due(view: View) -> date:
    """The day that stands, or what the plan makes of the answers before it is said."""
    return view.day(line.WORKS_ON) or line.works_by(view, line.WORKS_ON, _first_day(view))


def _build_on(view: View) -> date:
    return line.visit_on(view) or _due(view)


def _cut_due(view: View) -> date:
    """Never before the new line works."""
    at = _proven_at(view)
    return line.next_working_day(view, at) if at else view.calendar.add(_due(view), 1, DayKind.OUVRE)


def _is_cut(view: View) -> datetime | None:
    """Since when the old line is cut for good and the new one works."""
    move = _move(view)
    if move is None or move.proof is None or not move.is_gone:
        return None
    return max(move.proof.at, move.cut.at) if move.cut else move.proof.at


def _number_there(view: View) -> datetime | None:
    given = line.given_at(view, ["number"])
    moved = [fact.at for fact in proofs.said(view.stands, line.NUMBER_MOVED)]
    return min([given, *moved] if given else moved, default=None)


def _remedy(view: View) -> object:
    """Where the customer has the old line cut first, the days without one are bridged."""
    move = _move(view)
    if move is None or move.proof:
        return view.own.get(line.REMEDY)
    return list(line.REMEDIES) if proofs.fields(move.request).get("cut_first") is True else None


def _credit(view: View) -> object:
    """The days between that the customer chose are not paid for either."""
    move = _move(view)
    between = proofs.since_cut(move) if move else None
    return line.credit(view, [between] if between else [])


MOVE_HOME: Plan[Terms] = Plan(
    kind="move_home",
    version=1,
    again=lambda _: True,
    context=line.CONTEXT,
    triggers=frozenset({proofs.MOVE}),
    begins=_begins,
    cancelled=_is_taken_back,
    says=(
        Says(key=line.WORKS_ON, value=_works_on),
        Says(key=line.REMEDY, value=_remedy),
        Says(key=line.WORKS, value=lambda view: line.day_of(view, _proven_at(view))),
        Says(key=line.CREDIT, value=_credit),
        *line.of_visits(),
    ),
    steps=line.lasting(
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
            closed=lambda view: told_at(view, proofs.MOVE),
        ),
        Step(
            name="agree_visit",
            department=lambda _: line.FIELD,
            after=("receive",),
            due=lambda view: line.next_working_day(view, view.started_at, 2),
            closed=lambda view: said_at(view, line.VISIT_AT) or line.is_visited(view) or _proven_at(view),
        ),
        line.keep_word(until=_proven_at),
        Step(
            name="build_line",
            department=lambda _: line.FIELD,
            after=("agree_visit",),
            due=_build_on,
            closed=lambda view: line.is_visited(view) or _proven_at(view),
            tells=line.VISIT_AT,
        ),
        Step(
            name="prove_line",
            department=lambda _: line.TECHNICAL,
            after=("build_line",),
            due=_due,
            closed=_proven_at,
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
        over=_is_over,
    ),
)
