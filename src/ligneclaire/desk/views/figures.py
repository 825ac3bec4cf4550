"""What supervisors look at: a period, all advisers or some, as a page and as a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ligneclaire.desk import plan_figures
from ligneclaire.desk.door import for_advisers, show
from ligneclaire.desk.figures import as_csv, tables
from ligneclaire.figures.queries import report
from ligneclaire.figures.queries.report import Report
from ligneclaire.figures.rules import span
from ligneclaire.kernel.clock import now
from ligneclaire.people.access.roles import Right
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.people.queries.operator import House
from ligneclaire.voice.queries import rules
from ligneclaire.voice.queries.rules import ModeCard


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the address asks for, and who we are."""

    at: datetime
    house: House
    mode: ModeCard | None
    report: Report
    chosen: Mapping[str, str]


@require_safe
@for_advisers(Right.OVERSEE)
def figures(request: HttpRequest, me: AdviserCard) -> HttpResponse:
    """Every table of the period."""
    asked = _asked(request)
    context = {
        "report": asked.report,
        "tables": [
            *tables(asked.report, asked.house.departments),
            *plan_figures.tables(asked.report, asked.house.departments),
        ],
        "chosen": asked.chosen,
        "query": urlencode(asked.chosen),
    }
    zone = asked.house.operator.zone
    return show(request, me, "desk/figures/page.html", context, mode=asked.mode, zone=zone, at=asked.at)


@require_safe
@for_advisers(Right.OVERSEE)
def table(request: HttpRequest, me: AdviserCard) -> HttpResponse:  # noqa: ARG001 - only supervisors
    """Every count of the period as CSV."""
    found = _asked(request).report
    name = f"figures-{found.span.first}-{found.span.last}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(as_csv(found), content_type="text/csv; charset=utf-8", headers=headers)


def _asked(request: HttpRequest) -> Asked:
    at = now()
    house, changes = rules.house_and_changes()
    mode = max((change for change in changes if change.at <= at), key=lambda change: change.at, default=None)
    today = house.operator.calendar.date_of(at)
    days = span(_day(request, "from"), _day(request, "to"), today=today)
    adviser, territory = request.GET.get("adviser", "")[:20], request.GET.get("territory", "")[:20]
    chosen = {"from": f"{days.first}", "to": f"{days.last}", "adviser": adviser, "territory": territory}
    found = report.of(days, adviser=adviser, territory=territory)
    return Asked(at=at, house=house, mode=mode, report=found, chosen=chosen)


def _day(request: HttpRequest, name: str) -> date | None:
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None
