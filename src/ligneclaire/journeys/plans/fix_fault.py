"""A line does not work: a customer says so, or the network cut what it should not have cut.

Diagnosed, acted upon from afar or by a visit, proven to work; days without service are given back (SLA-09).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from ligneclaire.contracts.rules import repair
from ligneclaire.contracts.rules.repair import Level
from ligneclaire.flow.plan import Heard, Plan, Says, Stands, Step
from ligneclaire.journeys.plans import line, proofs
from ligneclaire.journeys.plans.reading import View, said_at, told_at
from ligneclaire.journeys.terms import Terms
from ligneclaire.kernel.calendar import DayKind

REMOTE, VISIT = "remote", "visit"


def _begins(stands: Mapping[str, Stands]) -> Heard | None:
    """What began the last days without a line."""
    outages = proofs.told(stands).outages
    return outages[-1][0] if outages else None


def _outages(view: View) -> list[tuple[Heard, Heard | None]]:
    """The days without a line that are this plan's: several where it broke again before all was said."""
    return [one for one in proofs.told(view.stands).outages if one[0].recorded_at >= view.started_at]


def _first(view: View) -> Heard | None:
    """What began it, or began it again."""
    found = _outages(view)
    return found[-1][0] if found else None


def _proven_at(view: View) -> datetime | None:
    """Since when the line is known to work again."""
    found = _outages(view)
    proof = found[-1][1] if found else None
    return proof.at if proof else None


def _is_cut(view: View) -> bool:
    first = _first(view)
    return first is not None and first.kind == proofs.CUT


def _reporter(view: View) -> str:
    first = _first(view)
    return first.source if first else line.CUSTOMER_SERVICE


def _repairer(view: View) -> str:
    return line.EXCHANGE if _is_cut(view) else line.TECHNICAL


def _by_law(view: View) -> date:
    """SLA-05 where the report, or else the offer, names a level of service that was agreed, SLA-03 otherwise."""
    first = _first(view)
    named = first.value.get("level") if first and isinstance(first.value, dict) else None
    level = Level(named) if named in list(Level) else view.terms.level
    return repair.restored_on(first.at if first else view.started_at, level, calendar=view.calendar)


def _restored_by(view: View) -> object:
    return line.kept_or_moved(view, line.RESTORED_BY, _by_law(view), works=_proven_at(view) is not None)


def _due(view: View) -> date:
    return view.day(line.RESTORED_BY) or line.works_by(view, line.RESTORED_BY, _by_law(view))


def _lost(view: View) -> object:
    """That the line was cut, on which day; not where the customer told us themselves."""
    first = _first(view)
    if first is None or first.kind != proofs.CUT or _proven_at(view):
        return view.own.get(line.LOST)
    return view.calendar.date_of(first.at).isoformat()


def _remedy(view: View) -> object:
    if _proven_at(view) or line.is_over(view):
        return view.own.get(line.REMEDY)
    return list(line.REMEDIES) if _is_cut(view) else None


def _needs(view: View) -> str:
    found = proofs.said(view.stands, line.DIAGNOSED)
    value = found[-1].value if found else None
    return str(value.get("needs", "")) if isinstance(value, dict) else ""


def _diagnosed_at(view: View) -> datetime | None:
    found = proofs.said(view.stands, line.DIAGNOSED)
    return found[0].at if found else _proven_at(view)


def _credit(view: View) -> object:
    return line.credit(view, [(first.at, proof.at if proof else None) for first, proof in _outages(view)])


FIX_FAULT: Plan[Terms] = Plan(
    kind="fix_fault",
    version=1,
    again=lambda stands: proofs.told(stands).is_broken,
    context=line.CONTEXT,
    triggers=frozenset({proofs.FAULT, proofs.CUT}),
    begins=_begins,
    cancelled=lambda view: _begins(view.stands) is None,
    says=(
        Says(key=line.LOST, value=_lost),
        Says(key=line.RESTORED_BY, value=_restored_by),
        Says(key=line.REMEDY, value=_remedy),
        Says(key=line.RESTORED, value=lambda view: line.day_of(view, _proven_at(view))),
        Says(key=line.CREDIT, value=_credit),
        *line.of_visits(line.REPAIR_AT, line.REPAIR_REMINDER),
    ),
    steps=line.lasting(
        Step(
            name="receive",
            department=_reporter,
            due=lambda view: view.calendar.date_of(view.started_at),
            closed=lambda view: view.started_at,
        ),
        Step(
            name="tell",
            department=lambda _: line.CUSTOMER_SERVICE,
            after=("receive",),
            due=lambda view: view.calendar.date_of(view.started_at),
            closed=lambda view: told_at(view, line.LOST) or told_at(view, proofs.FAULT),
        ),
        Step(
            name="diagnose",
            department=lambda _: line.TECHNICAL,
            after=("receive",),
            due=lambda view: line.next_working_day(view, view.started_at),
            closed=_diagnosed_at,
            wanted=lambda view: not _is_cut(view),
        ),
        Step(
            name="act_remotely",
            department=lambda _: line.TECHNICAL,
            after=("diagnose",),
            due=_due,
            closed=_proven_at,
            wanted=lambda view: _needs(view) == REMOTE,
        ),
        Step(
            name="visit",
            department=lambda _: line.FIELD,
            after=("diagnose",),
            due=lambda view: line.visit_on(view, line.REPAIR_AT) or _due(view),
            closed=lambda view: line.is_visited(view, line.REPAIR_AT) or _proven_at(view),
            wanted=lambda view: _needs(view) == VISIT or said_at(view, line.REPAIR_AT) is not None,
            tells=line.REPAIR_AT,
        ),
        line.keep_word(until=_proven_at),
        Step(
            name="restore",
            department=_repairer,
            after=("diagnose", "act_remotely", "visit"),
            due=_due,
            latest=_by_law,
            closed=_proven_at,
            tells=line.RESTORED_BY,
        ),
        Step(
            name="credit_days",
            department=lambda _: line.BILLING,
            after=("restore",),
            due=lambda view: view.calendar.add(_due(view), 1, DayKind.OUVRE),
            closed=lambda view: told_at(view, line.CREDIT),
            wanted=lambda view: line.CREDIT in view.stands,
        ),
        Step(
            name="say_it_works",
            department=lambda _: line.CUSTOMER_SERVICE,
            after=("tell", "keep_word", "restore", "credit_days"),
            due=lambda view: view.calendar.add(_due(view), 1, DayKind.OUVRE),
            closed=lambda view: told_at(view, line.RESTORED),
        ),
    ),
)
