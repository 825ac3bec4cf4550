"""A new line: asked, a pair or path found or built, proven to work, and said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from ligneclaire import law
from ligneclaire.flow.plan import Heard, Plan, Says, Stands, Step
from ligneclaire.journeys.plans import line, proofs
from ligneclaire.journeys.plans.reading import View, day_in, said_at, told_at
from ligneclaire.journeys.terms import Terms
from ligneclaire.kernel.calendar import DayKind

ACCESS = ("pair", "port", "path")


def _begins(stands: Mapping[str, Stands]) -> Heard | None:
    made = proofs.said(stands, line.NEW_LINE)
    return made[-1] if made else None


def _proven_at(view: View) -> datetime | None:
    """Since when the line is known to work, unless something broke since."""
    proof = proofs.told(view.stands).proof
    return proof.at if proof and proof.recorded_at >= view.started_at else None


def _receiver(view: View) -> str:
    request = line.asked(view, line.NEW_LINE)
    return request.source if request else line.CUSTOMER_SERVICE


def _first_day(view: View) -> date:
    request = line.asked(view, line.NEW_LINE)
    wished = day_in(request.value, "date") if request and isinstance(request.value, dict) else None
    asked_on = view.calendar.date_of(request.at if request else view.started_at)
    days = law.value("SLA-03.supply_days", on=asked_on, country=view.calendar.country).of(int)
    return max(wished or date.min, asked_on + timedelta(days=days))


def _works_on(view: View) -> object:
    return line.kept_or_moved(view, line.WORKS_ON, _first_day(view), works=_proven_at(view) is not None)


def _due(view: View) -> date:
    return view.day(line.WORKS_ON) or line.works_by(view, line.WORKS_ON, _first_day(view))


def _given_at(view: View) -> datetime | None:
    """Since when the line has a pair, a port or a path."""
    return line.given_at(view, ACCESS) or _proven_at(view)


def _built_on(view: View) -> date:
    return max((fact.effective for fact in line.orders(view) if fact.effective), default=view.today)


NEW_LINE: Plan[Terms] = Plan(
    kind="new_line",
    version=1,
    again=lambda _: True,
    context=line.CONTEXT,
    triggers=frozenset({line.NEW_LINE}),
    begins=_begins,
    cancelled=lambda view: _begins(view.stands) is None,
    says=(
        Says(key=line.WORKS_ON, value=_works_on),
        Says(key=line.WORKS, value=lambda view: line.day_of(view, _proven_at(view))),
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
            closed=lambda view: told_at(view, line.NEW_LINE),
        ),
        Step(
            name="assign_line",
            department=lambda _: line.EXCHANGE,
            after=("receive",),
            due=lambda view: line.next_working_day(view, view.started_at, 2),
            closed=lambda view: line.orders(view)[0].at if line.orders(view) else _given_at(view),
        ),
        line.keep_word(until=_proven_at),
        Step(
            name="build_line",
            department=lambda _: line.FIELD,
            after=("assign_line",),
            due=_built_on,
            closed=_given_at,
            wanted=lambda view: bool(line.orders(view)),
        ),
        Step(
            name="visit",
            department=lambda _: line.FIELD,
            after=("build_line",),
            due=lambda view: line.visit_on(view) or view.today,
            closed=lambda view: line.is_visited(view) or _proven_at(view),
            wanted=lambda view: said_at(view, line.VISIT_AT) is not None,
            tells=line.VISIT_AT,
        ),
        Step(
            name="prove_line",
            department=lambda _: line.TECHNICAL,
            after=("assign_line", "build_line", "visit"),
            due=_due,
            closed=_proven_at,
            tells=line.WORKS_ON,
        ),
        Step(
            name="say_it_works",
            department=lambda _: line.CUSTOMER_SERVICE,
            after=("acknowledge", "keep_word", "prove_line"),
            due=lambda view: view.calendar.add(_due(view), 1, DayKind.OUVRE),
            closed=lambda view: told_at(view, line.WORKS),
        ),
    ),
)
