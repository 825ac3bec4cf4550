"""Whose turn it is: what waits for each department, and stating what it answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ligneclaire.desk import statements, work_list
from ligneclaire.desk.door import actor, for_advisers, show
from ligneclaire.desk.statements import CALL, Answer, Numbered, Statement, choices
from ligneclaire.kernel.clock import now
from ligneclaire.people.access.roles import Right
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.people.queries.operator import House
from ligneclaire.people.rules.plain import plain
from ligneclaire.ui.paging import page_of
from ligneclaire.voice import by_hand
from ligneclaire.voice.by_hand import ASKED
from ligneclaire.voice.queries import rules, work
from ligneclaire.voice.queries.rules import ModeCard
from ligneclaire.voice.queries.work import Load, Only, OpenStep
from ligneclaire.voice.topics import REQUESTED, TOPICS

PAGE = 50
REFUSED = 422
NOTHING = Load(open=0, late=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A step of the list, the number of its contract, and the topic of a new date for it."""

    step: OpenStep
    contract: str
    new_date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The operator and how it speaks, at the instant of a page."""

    at: datetime
    house: House
    mode: ModeCard | None

    @property
    def today(self) -> date:
        """The day of the operator's calendar."""
        return self.house.operator.calendar.date_of(self.at)


@require_safe
@for_advisers(Right.SEE_WORK)
def departments(request: HttpRequest, me: AdviserCard) -> HttpResponse:
    """Every department with how much waits for it."""
    standing = _standing()
    loads = work.by_department(today=standing.today)
    names = {**{code: code for code in loads}, **standing.house.departments}
    found = ((code, name, loads.get(code, NOTHING)) for code, name in names.items())
    rows = sorted(found, key=lambda row: (not row[2].open, plain(row[1])))  # who has nothing to do comes last
    return _show(request, me, "desk/work/departments.html", standing, rows=rows)


@require_safe
@for_advisers(Right.SEE_WORK)
def department(request: HttpRequest, me: AdviserCard, department: str) -> HttpResponse:
    """The open steps of a department, a page at a time."""
    standing, only, number = _standing(), _only(request), page_of(request)
    found = work.of(department, only=only, today=standing.today, limit=PAGE, skip=(number - 1) * PAGE)
    if department not in standing.house.departments and not found.counts[Only.ALL]:
        raise Http404
    rows = [
        Row(step=step, contract=work_list.contract_of(step), new_date=work_list.new_date_of(step))
        for step in found.rows
    ]
    return _show(
        request,
        me,
        "desk/work/list.html",
        standing,
        department=department,
        name=standing.house.departments.get(department, department),
        rows=rows,
        only=only,
        total=found.counts[only],
        sorts=[(one, name, found.counts[one]) for one, name in work_list.NAMES.items()],
        stated=stated if (stated := request.GET.get("stated", "")) in {*TOPICS, CALL} else "",
        query=urlencode({"only": only}) if only is not Only.ALL else "",
        newer=number - 1,
        older=number + 1 if number * PAGE < found.counts[only] else None,
    )


@require_safe
@for_advisers(Right.SEE_WORK)
def table(request: HttpRequest, me: AdviserCard, department: str) -> HttpResponse:  # noqa: ARG001 - the same for all
    """The same steps, all of them, as CSV."""
    standing = _standing()
    found = work.of(department, only=_only(request), today=standing.today)
    if department not in standing.house.departments and not found.counts[Only.ALL]:
        raise Http404
    name = f"work-{department}-{standing.today}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(work_list.as_csv(found.rows), content_type="text/csv; charset=utf-8", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@for_advisers(Right.RELAY)
def answer(request: HttpRequest, me: AdviserCard, department: str) -> HttpResponse:
    """Write down what a department answered, or choose what else it states; sent twice, it is stated once."""
    standing = _standing(department)
    form = Answer(request.POST or None, initial={"number": request.GET.get("number", "")[:40]})
    if request.method == "POST" and statements.answered(form, source=department, by=actor(me), at=standing.at):
        return redirect(f"{reverse('desk:work_of', args=[department])}?{urlencode({'stated': CALL})}")
    status = REFUSED if form.is_bound else 200
    context = {"form": form, "form_key": _sent_as(form), "topics": choices(department)}
    return _show(
        request, me, "desk/work/answer.html", standing, status=status, **_whose(department, standing), **context
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_advisers(Right.RELAY)
def state(request: HttpRequest, me: AdviserCard, department: str) -> HttpResponse:
    """State a topic in the name of a department; sent, it states once however often it is sent."""
    standing, key = _standing(department), request.GET.get("topic", "")
    if by_hand.topic_key(key) != key:
        return redirect("desk:work_of", department=department)
    form = Statement(request.POST or None, initial={"number": request.GET.get("number", "")[:40]})
    if request.method == "POST" and statements.stated(form, key, source=department, by=actor(me), at=standing.at):
        return redirect(f"{reverse('desk:work_of', args=[department])}?{urlencode({'stated': key})}")
    return _show(
        request,
        me,
        "desk/work/state.html",
        standing,
        status=REFUSED if form.is_bound else 200,
        **_whose(department, standing),
        form=form,
        form_key=_sent_as(form),
        key=key,
        takes=TOPICS[key].takes,
        is_asked=key in ASKED,
        can_wish=key == REQUESTED,
    )


def _whose(department: str, standing: Standing) -> dict[str, str]:
    return {"department": department, "name": standing.house.departments[department]}


def _sent_as(form: Numbered) -> UUID:
    """The name under which what a form says is stated, again the same when it comes back."""
    return (form.cleaned_data.get("form") if form.is_bound else None) or uuid4()


def _only(request: HttpRequest) -> Only:
    asked = request.GET.get("only", "")
    return Only(asked) if asked in set(Only) else Only.ALL


def _standing(department: str = "") -> Standing:
    """How things stand; no page for a department that the operator has not."""
    at = now()
    house, changes = rules.house_and_changes()
    mode = max((change for change in changes if change.at <= at), key=lambda change: change.at, default=None)
    if department and department not in house.departments:
        raise Http404
    return Standing(at=at, house=house, mode=mode)


def _show(
    request: HttpRequest, me: AdviserCard, template: str, standing: Standing, *, status: int = 200, **context: object
) -> HttpResponse:
    zone = standing.house.operator.zone
    return show(request, me, template, context, mode=standing.mode, zone=zone, at=standing.at, status=status)
