"""Who changed settings and what somebody may do: as a page, and as a file."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ligneclaire.audit.queries import changes as kept
from ligneclaire.audit.queries.changes import Filter
from ligneclaire.audit.states import ChangeKind
from ligneclaire.desk.changes import KINDS, as_csv, called, rows
from ligneclaire.desk.door import for_advisers, show
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.kernel.clock import now
from ligneclaire.people.access.roles import Right
from ligneclaire.people.queries import operator
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.ui.paging import page_of
from ligneclaire.voice.queries import rules

PAGE = 50
ASKED = ("kind", "by", "about", "from", "to")


@require_safe
@for_advisers(Right.SEE_CHANGES)
def changes(request: HttpRequest, me: AdviserCard) -> HttpResponse:
    """The changes that are asked for, the last ones first, a page at a time."""
    at, house, number = now(), operator.current(), page_of(request)
    chosen = _chosen(request)
    wanted = _filter(chosen, house.calendar)
    total, people = kept.count(wanted), kept.people()
    known = called(people)
    context = {
        "rows": rows(kept.newest(wanted, limit=PAGE, skip=(number - 1) * PAGE), country=house.country),
        "total": total,
        "kinds": [(kind.value, KINDS[kind]) for kind in ChangeKind],
        "people": sorted(((one, known.get(one, one)) for one in people), key=lambda one: one[1]),
        "chosen": chosen,
        "query": urlencode(chosen),
        "newer": number - 1,
        "older": number + 1 if number * PAGE < total else None,
    }
    zone, mode = house.zone, rules.last_change(at)
    return show(request, me, "desk/changes/page.html", context, mode=mode, zone=zone, at=at)


@require_safe
@for_advisers(Right.SEE_CHANGES)
def table(request: HttpRequest, me: AdviserCard) -> HttpResponse:  # noqa: ARG001 - only supervisors
    """All the changes that are asked for, as CSV."""
    found = kept.newest(_filter(_chosen(request), operator.current().calendar))
    headers = {"Content-Disposition": 'attachment; filename="changes.csv"', "Cache-Control": "no-store"}
    return HttpResponse(as_csv(found), content_type="text/csv; charset=utf-8", headers=headers)


def _chosen(request: HttpRequest) -> dict[str, str]:
    given = {name: request.GET.get(name, "").replace("\x00", "").strip()[:160] for name in ASKED}
    given["kind"] = given["kind"] if given["kind"] in ChangeKind.values else ""
    return {name: value for name, value in given.items() if value}


def _filter(chosen: dict[str, str], calendar: Calendar) -> Filter:
    first, last = _day(chosen.get("from", "")), _day(chosen.get("to", ""))
    kind = chosen.get("kind")
    return Filter(
        kind=ChangeKind(kind) if kind else None,
        by=chosen.get("by", ""),
        about=chosen.get("about", ""),
        since=_begin(first, calendar) if first else None,
        until=_begin(last + timedelta(days=1), calendar) if last and last < date.max else None,
    )


def _begin(day: date, calendar: Calendar) -> datetime:
    return datetime.combine(day, time(), calendar.tz)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
